@echo off
rem Double-click this file, or name a command: govdisclose check DRAFT.toml
setlocal
if not exist "%~dp0python\python.exe" goto packed
set PYTHONNOUSERSITE=1
if not "%~1"=="" goto command

rem Drafts are kept beside this file, or among the documents where nothing may be written here.
pushd "%~dp0"
(>.writable echo.) 2>nul && del .writable || cd /d "%USERPROFILE%\Documents"
"%~dp0python\python.exe" -m govdisclose
pause
exit /b %errorlevel%

:command
"%~dp0python\python.exe" -m govdisclose %*
exit /b %errorlevel%

:packed
chcp 65001 >nul
echo 请先把压缩包全部解压到一个文件夹，再双击里面的 govdisclose.cmd。
echo Please extract the whole zip file first.
pause
exit /b 2
