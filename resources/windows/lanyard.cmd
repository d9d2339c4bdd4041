@echo off
rem A program with windows is waited for in a batch file, but not at the prompt.
"%~dp0..\Lanyard.exe" %*
exit /b %ERRORLEVEL%
