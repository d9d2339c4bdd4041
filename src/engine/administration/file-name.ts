import { fileStem } from '../../shared/file-name.ts'

export const fileName = (words: string, extension: 'lanyard' | 'csv'): string => `${fileStem(words)}.${extension}`
