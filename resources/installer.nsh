; Lets colleagues on the company network reach Lanyard. Windows asks each person instead, and many may not answer, unless
; an installation for all users has set the rule. Public networks stay closed.

!define LANYARD_RULE "Lanyard"

!macro customInstall
  ${if} $installMode == "all"
    nsExec::ExecToLog 'netsh advfirewall firewall delete rule name="${LANYARD_RULE}" program="$INSTDIR\${APP_EXECUTABLE_FILENAME}"'
    Pop $0
    nsExec::ExecToLog 'netsh advfirewall firewall add rule name="${LANYARD_RULE}" dir=in action=allow program="$INSTDIR\${APP_EXECUTABLE_FILENAME}" protocol=TCP profile=domain,private enable=yes'
    Pop $0
    nsExec::ExecToLog 'netsh advfirewall firewall add rule name="${LANYARD_RULE}" dir=in action=allow program="$INSTDIR\${APP_EXECUTABLE_FILENAME}" protocol=UDP localport=5353 profile=domain,private enable=yes'
    Pop $0
  ${endif}
!macroend

!macro customUnInstall
  ${if} $installMode == "all"
    nsExec::ExecToLog 'netsh advfirewall firewall delete rule name="${LANYARD_RULE}" program="$INSTDIR\${APP_EXECUTABLE_FILENAME}"'
    Pop $0
  ${endif}
!macroend
