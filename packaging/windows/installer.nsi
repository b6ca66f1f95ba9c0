; The installer: for one user, without an administrator; a new version lies down beside the old one and is then named as
; the one that starts. Names, version and the oldest Windows come from program.nsh, the files from files.nsh; both are
; made by the build. WORK is their folder, OUT the file to write.
Unicode true
Target amd64-unicode
!include "${WORK}/program.nsh"
!include "LogicLib.nsh"
!include "MUI2.nsh"
!include "WordFunc.nsh"
!include "TextFunc.nsh"

SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDateSave on
Name "${TITLE}"
BrandingText "${TITLE} ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${FOLDER}"
InstallDirRegKey HKCU "Software\${FOLDER}" "InstallDir"
RequestExecutionLevel user
ManifestSupportedOS Win10
ManifestDPIAware true
VIProductVersion "${VERSION_OF_FILE}"
VIAddVersionKey /LANG=2052 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE} 安装程序"
VIAddVersionKey /LANG=2052 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT License, the Tuopin Desktop authors"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"

!define LISTED "Software\Microsoft\Windows\CurrentVersion\Uninstall\${FOLDER}"
!define VERSIONS "$INSTDIR\versions"
!define UNINSTALLER "卸载.exe"
!define UNWRITTEN "没有装好：写不进“$INSTDIR”。请检查磁盘空间和杀毒软件的拦截记录，再安装一次。原来的版本还能使用。"
!define MUI_ICON "${WORK}/program.ico"
!define MUI_UNICON "${WORK}/program.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WORK}/side.bmp"
!define MUI_WELCOMEPAGE_TITLE "安装${TITLE} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "程序装给当前用户，不需要管理员权限，不联网。$\r$\n$\r$\n已装有旧版时直接安装即可：数据和设置都保留。$\r$\n$\r$\n安装前请先关闭正在运行的本程序。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!define MUI_FINISHPAGE_RUN_TEXT "打开${TITLE}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将卸载程序。数据（档案、附件、备份）不会删除，以后重新安装还能使用。"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Var Before ; the version in use before, "" at a first installation
Var Previous ; the one before that, then the one to go back to

; What stops an installation: said in a box, or by the exit code where nobody looks.
!macro Refuse CODE SENTENCE
    MessageBox MB_OK|MB_ICONSTOP "${SENTENCE}" /SD IDOK
    SetErrorLevel ${CODE}
    Quit
!macroend

; A running program keeps this file open (launcher.c).
!macro DefineWaitUntilClosed PREFIX
Function ${PREFIX}WaitUntilClosed
    ${IfNot} ${FileExists} "${VERSIONS}\launch.lock"
        Return
    ${EndIf}
    again:
    ClearErrors
    FileOpen $0 "${VERSIONS}\launch.lock" a
    ${If} ${Errors}
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${TITLE}正在运行。请先关闭它，再点“重试”。" /SD IDCANCEL IDRETRY again
        SetErrorLevel 4
        Quit
    ${EndIf}
    FileClose $0
FunctionEnd
!macroend
!insertmacro DefineWaitUntilClosed ""
!insertmacro DefineWaitUntilClosed "un."

Function .onInit
    ; The true numbers: what a program is told otherwise depends on its manifest.
    System::Call 'ntdll::RtlGetNtVersionNumbers(*i.r0, *i.r1, *i.r2)'
    IntOp $2 $2 & 0xFFFF
    ${If} $0 < 10
        !insertmacro Refuse 3 "${TOO_OLD}"
    ${EndIf}
    ${If} $0 = 10
    ${AndIf} $2 < ${OLDEST_BUILD}
        !insertmacro Refuse 3 "${TOO_OLD}"
    ${EndIf}
FunctionEnd

; For the name on the stack 1 where it is a version's (digits and dots, as is_version of decide.h), or `.N.part`, `.N.old`
; or `N.part` of one, as an installation or an update that was cut off leaves it; else 0.
!macro DefineIsVersion PREFIX
Function ${PREFIX}IsVersion
    Exch $R0
    Push $R1
    Push $R2
    StrCpy $R1 $R0 "" -5
    ${If} $R1 == ".part"
        StrCpy $R0 $R0 -5
    ${EndIf}
    StrCpy $R1 $R0 "" -4
    ${If} $R1 == ".old"
        StrCpy $R0 $R0 -4
    ${EndIf}
    StrCpy $R1 $R0 1
    ${If} $R1 == "."
    ${AndIf} $R0 != "."
    ${AndIf} $R0 != ".."
        StrCpy $R0 $R0 "" 1
    ${EndIf}
    StrLen $R2 $R0
    System::Call 'shlwapi::StrSpnW(w R0, w "0123456789.") i .R1'
    ${If} $R1 <> $R2 ; another sign
        StrCpy $R2 0
    ${EndIf}
    System::Call 'shlwapi::StrSpnW(w R0, w "0123456789") i .R1'
    ${If} $R1 = 0 ; begins with a dot, or is nothing
    ${OrIf} $R1 = $R2 ; has no dot: a year is no version
        StrCpy $R2 0
    ${EndIf}
    StrCpy $R0 0
    ${If} $R2 > 0
        StrCpy $R0 1
    ${EndIf}
    Pop $R2
    Pop $R1
    Exch $R0
FunctionEnd
!macroend
!insertmacro DefineIsVersion ""
!insertmacro DefineIsVersion "un."

; A folder of that name that is another program's stays as it is: without our state, only what a first installation of
; ours leaves when it is cut off may lie in it.
Function RefuseForeign
    ${If} ${FileExists} "${VERSIONS}\state"
        Return
    ${EndIf}
    StrCpy $3 ""
    FindFirst $0 $1 "${VERSIONS}\*.*"
    ${DoWhile} $1 != ""
        ${If} $1 != "."
        ${AndIf} $1 != ".."
        ${AndIf} $1 != "state.part"
        ${AndIf} $1 != "launch.lock"
            Push $1
            Call IsVersion
            Pop $2
            StrCpy $4 $1 1
            ${If} $2 = 0
                StrCpy $3 $1
            ${ElseIf} $4 != "."
            ${AndIfNot} ${FileExists} "${VERSIONS}\$1\app\tuopin_desktop\*.*"
                StrCpy $3 $1
            ${EndIf}
        ${EndIf}
        FindNext $0 $1
    ${Loop}
    FindClose $0
    ${If} $3 != ""
        !insertmacro Refuse 7 "“$INSTDIR”里有别的程序的文件夹“versions”（其中有“$3”）。没有安装，也没有改动。请换一个文件夹安装。"
    ${EndIf}
FunctionEnd

; Take over which versions lie there from the state that the launchers keep.
Function ReadState
    StrCpy $Before ""
    StrCpy $Previous ""
    ClearErrors
    FileOpen $0 "${VERSIONS}\state" r
    ${If} ${Errors}
        Return
    ${EndIf}
    ${Do}
        ClearErrors
        FileRead $0 $1
        ${If} ${Errors}
            ${ExitDo}
        ${EndIf}
        ${TrimNewLines} $1 $1
        StrCpy $2 $1 8
        ${If} $2 == "current="
            StrCpy $Before $1 "" 8
        ${EndIf}
        StrCpy $2 $1 9
        ${If} $2 == "previous="
            StrCpy $Previous $1 "" 9
        ${EndIf}
    ${Loop}
    FileClose $0
    ${If} $Before != ""
    ${AndIf} $Before != "${VERSION}"
        StrCpy $Previous $Before
    ${EndIf}
    ${IfNot} ${FileExists} "${VERSIONS}\$Previous\python\*.*"
        StrCpy $Previous ""
    ${EndIf}
    ${If} $Previous == "${VERSION}"
        StrCpy $Previous ""
    ${EndIf}
FunctionEnd

; The old state or the new one, never half.
Function WriteState
    ClearErrors
    FileOpen $0 "${VERSIONS}\state.part" w
    ${If} ${Errors}
        !insertmacro Refuse 5 "${UNWRITTEN}"
    ${EndIf}
    FileWrite $0 "current=${VERSION}$\nprevious=$Previous$\nnext=$\ntrial=$\nfailed=$\n"
    ${If} ${Errors} ; a full disk: an empty state must not take the old one's place
        FileClose $0
        Delete "${VERSIONS}\state.part"
        !insertmacro Refuse 5 "${UNWRITTEN}"
    ${EndIf}
    FileClose $0
    System::Call 'kernel32::MoveFileExW(w "${VERSIONS}\state.part", w "${VERSIONS}\state", i 9) i.r0'
    ${If} $0 = 0
        !insertmacro Refuse 5 "${UNWRITTEN}"
    ${EndIf}
FunctionEnd

; Versions that are neither in use nor the one to go back to, and what a cut-off installation left; nothing else, whoever
; laid it there.
Function RemoveOlder
    FindFirst $0 $1 "${VERSIONS}\*.*"
    ${DoWhile} $1 != ""
        Push $1
        Call IsVersion
        Pop $2
        ${If} $2 = 1
        ${AndIf} ${FileExists} "${VERSIONS}\$1\*.*"
        ${AndIf} $1 != "${VERSION}"
        ${AndIf} $1 != $Previous
            RMDir /r "${VERSIONS}\$1"
        ${EndIf}
        FindNext $0 $1
    ${Loop}
    FindClose $0
FunctionEnd

; The same for all versions, and the files that the launchers and the program lay beside them.
Function un.RemoveVersions
    FindFirst $0 $1 "${VERSIONS}\*.*"
    ${DoWhile} $1 != ""
        Push $1
        Call un.IsVersion
        Pop $2
        ${If} $2 = 1
            RMDir /r "${VERSIONS}\$1"
        ${EndIf}
        FindNext $0 $1
    ${Loop}
    FindClose $0
    Delete "${VERSIONS}\state"
    Delete "${VERSIONS}\state.part"
    Delete "${VERSIONS}\tables"
    Delete "${VERSIONS}\tables.part"
    Delete "${VERSIONS}\launch.lock"
    Delete "${VERSIONS}\update.lock"
    RMDir "${VERSIONS}" ; only when nothing else lies in it
FunctionEnd

Section
    Call RefuseForeign
    Call WaitUntilClosed
    Call ReadState
    ${If} $Before != ""
        ${VersionCompare} "$Before" "${VERSION}" $0
        ${If} $0 = 1
            MessageBox MB_YESNO|MB_ICONEXCLAMATION "本机已装有较新的 $Before 版。换成较旧的 ${VERSION} 版，可能打不开数据。仍要安装吗？" /SD IDNO IDYES older
            SetErrorLevel 6
            Quit
            older:
        ${EndIf}
    ${EndIf}
    RMDir /r "${VERSIONS}\.${VERSION}.part"
    ClearErrors
    !define PART "${VERSIONS}\.${VERSION}.part"
    !include "${WORK}/files.nsh"
    ${If} ${Errors}
        RMDir /r "${PART}"
        !insertmacro Refuse 5 "没有装好：有文件写不进“$INSTDIR”。请检查磁盘空间和杀毒软件的拦截记录，再安装一次。原来的版本还能使用。"
    ${EndIf}
    SetOutPath "$INSTDIR"
    RMDir /r "${VERSIONS}\.${VERSION}.old"
    ${If} ${FileExists} "${VERSIONS}\${VERSION}\*.*"
        ClearErrors
        Rename "${VERSIONS}\${VERSION}" "${VERSIONS}\.${VERSION}.old"
        ${If} ${Errors}
            RMDir /r "${PART}"
            !insertmacro Refuse 4 "同一版本的文件正在使用。请关闭${TITLE}（或重新启动电脑），再安装一次。"
        ${EndIf}
    ${EndIf}
    ClearErrors
    Rename "${PART}" "${VERSIONS}\${VERSION}"
    ${If} ${Errors}
        Rename "${VERSIONS}\.${VERSION}.old" "${VERSIONS}\${VERSION}"
        !insertmacro Refuse 5 "没有装好：杀毒软件可能正在检查新文件。请稍等片刻，再安装一次。原来的版本还能使用。"
    ${EndIf}
    Call WriteState
    Call RemoveOlder
    WriteUninstaller "$INSTDIR\${UNINSTALLER}"
    WriteRegStr HKCU "Software\${FOLDER}" "InstallDir" "$INSTDIR"
    WriteRegStr HKCU "${LISTED}" "DisplayName" "${TITLE}"
    WriteRegStr HKCU "${LISTED}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${LISTED}" "DisplayIcon" "$INSTDIR\${WINDOW}"
    WriteRegStr HKCU "${LISTED}" "Publisher" "${PUBLISHER}"
    WriteRegStr HKCU "${LISTED}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${LISTED}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
    WriteRegStr HKCU "${LISTED}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
    WriteRegDWORD HKCU "${LISTED}" "EstimatedSize" ${SIZE}
    WriteRegDWORD HKCU "${LISTED}" "NoModify" 1
    WriteRegDWORD HKCU "${LISTED}" "NoRepair" 1
    ; Whoever took the one on the desktop away does not want it back with every version.
    SetOutPath "$DOCUMENTS"
    CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${WINDOW}"
    ${If} $Before == ""
        CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${WINDOW}"
    ${EndIf}
SectionEnd

Section "un."
    Call un.WaitUntilClosed
    SetOutPath "$TEMP"
    Call un.RemoveVersions
    !include "${WORK}/removed.nsh"
    Delete "$INSTDIR\${UNINSTALLER}"
    RMDir "$INSTDIR" ; only when nothing else lies in it
    Delete "$SMPROGRAMS\${TITLE}.lnk"
    Delete "$DESKTOP\${TITLE}.lnk"
    DeleteRegKey HKCU "${LISTED}"
    DeleteRegKey HKCU "Software\${FOLDER}"
SectionEnd
