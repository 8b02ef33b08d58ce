; "Open with > Postrun" for zips and tgz, and an entry in the menu of folders. The user's own programs stay what they are.
; A drive's path ends in a backslash, which would escape the closing quote: `\.` after it names the same folder.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\Postrun.zip" "" "Logs zip"
  WriteRegStr SHCTX "Software\Classes\Postrun.zip\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHCTX "Software\Classes\Postrun.zip\shell\open\command" "" '"$appExe" "%1"'
  WriteRegNone SHCTX "Software\Classes\.zip\OpenWithProgids" "Postrun.zip"
  WriteRegNone SHCTX "Software\Classes\.tgz\OpenWithProgids" "Postrun.zip"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Postrun" "" "Open with Postrun"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Postrun" "Icon" "$appExe,0"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Postrun\command" "" '"$appExe" "%V\."'
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\Postrun.zip"
  DeleteRegValue SHCTX "Software\Classes\.zip\OpenWithProgids" "Postrun.zip"
  DeleteRegValue SHCTX "Software\Classes\.tgz\OpenWithProgids" "Postrun.zip"
  DeleteRegKey SHCTX "Software\Classes\Directory\shell\Postrun"
!macroend
