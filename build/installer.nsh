; "Open with > Postrun" for zips. The user's program for .zip stays what it is.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\Postrun.zip" "" "Logs zip"
  WriteRegStr SHCTX "Software\Classes\Postrun.zip\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHCTX "Software\Classes\Postrun.zip\shell\open\command" "" '"$appExe" "%1"'
  WriteRegNone SHCTX "Software\Classes\.zip\OpenWithProgids" "Postrun.zip"
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\Postrun.zip"
  DeleteRegValue SHCTX "Software\Classes\.zip\OpenWithProgids" "Postrun.zip"
!macroend
