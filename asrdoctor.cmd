@echo off
rem Starts asrdoctor on Windows: finds a JDK, builds on first use and after a change of the checkout, runs.
setlocal EnableExtensions DisableDelayedExpansion
rem cmd.exe looks in the current folder first, where anybody may have put a program of the same name.
set "NoDefaultCurrentDirectoryInExePath=1"
set "SYSTEM=%SystemRoot%\System32"
set "HERE=%~dp0"
rem PowerShell 7 hands its modules on, which Windows PowerShell (transport local) cannot load; without this it finds its own.
set "PSModulePath="
set "JDK="
rem Handed on as they were typed: java.exe would take a pattern such as ps-* for files of this folder.
set ASRDOCTOR_ARGUMENTS=%*

if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined JDK for /f "delims=" %%J in ('%SYSTEM%\where.exe $PATH:java.exe 2^>nul') do if not defined JDK call :try "%%~dpJ.."
for %%D in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Java" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%USERPROFILE%\.jdks") do (
    if not defined JDK for /f "delims=" %%J in ('dir /b /ad /o-n "%%~D\*" 2^>nul') do if not defined JDK call :try "%%~D\%%J"
)
if not defined JDK (
    echo asrdoctor needs a JDK 21 or newer, and found none by JAVA_HOME, on PATH or in the usual places. 1>&2
    echo Install one ^(for example: winget install EclipseAdoptium.Temurin.25.JDK^) or set JAVA_HOME. 1>&2
    exit /b 2
)

set "APP=%HERE%"
if not exist "%HERE%pom.xml" goto built
set "APP=%HERE%target\asrdoctor\"
set "COMMIT="
set "BUILT="
if exist "%HERE%.git\HEAD" for /f "usebackq tokens=1,2" %%A in ("%HERE%.git\HEAD") do call :commit "%%A" "%%B"
if exist "%APP%built" for /f "usebackq" %%B in ("%APP%built") do set "BUILT=%%B"
if not exist "%APP%asrdoctor.jar" goto build
if "%COMMIT%" == "%BUILT%" goto built
:build
set "MVN="
for /f "delims=" %%M in ('%SYSTEM%\where.exe $PATH:mvn.cmd 2^>nul') do if not defined MVN set "MVN=%%M"
if not defined MVN (
    echo asrdoctor is built with Maven on first use, and mvn is not on PATH. Install Apache Maven 3.8 or newer. 1>&2
    exit /b 2
)
echo Building asrdoctor ^(first use, or the checkout has changed^) ... 1>&2
set "JAVA_HOME=%JDK%"
pushd "%HERE%"
call "%MVN%" -q -B package -Dquick -Dmaven.test.skip=true -Dspotless.check.skip=true 1>&2 || (
    popd
    echo The build failed; its messages are above. 1>&2
    exit /b 2
)
popd
>"%APP%built" echo.%COMMIT%

:built
if not exist "%APP%asrdoctor.jar" (
    echo asrdoctor.jar is missing beside this script. 1>&2
    exit /b 2
)
rem A start-up cache belongs to one JDK and one build; where it cannot be written the program starts without it.
set "FLAGS=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:all=off"
rem The heap grows with the fleet, up to half of the machine's memory.
set "HEAP=-Xms32m -Xmn20m -XX:MaxRAMPercentage=50 -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40"
set "CACHE="
if defined LOCALAPPDATA call :cache
set SHARED=
if defined CACHE if exist "%CACHE%" set SHARED=-XX:SharedArchiveFile="%CACHE%"
"%JDK%\bin\java.exe" %SHARED% %FLAGS% %HEAP% -Dasrdoctor.arguments=ASRDOCTOR_ARGUMENTS %ASRDOCTOR_JAVA_OPTS% -jar "%APP%asrdoctor.jar"
exit /b %ERRORLEVEL%

:try
if not exist "%~1\release" goto :eof
if not exist "%~1\bin\java.exe" goto :eof
for /f "tokens=2 delims==." %%V in ('%SYSTEM%\findstr.exe /b "JAVA_VERSION=" "%~1\release"') do set "MAJOR=%%~V"
set "MAJOR=%MAJOR:"=%"
if %MAJOR% GEQ 21 set "JDK=%~f1"
goto :eof

:commit
set "COMMIT=%~1"
if not "%~1" == "ref:" goto :eof
set "COMMIT="
if exist "%HERE%.git\%~2" for /f "usebackq" %%R in ("%HERE%.git\%~2") do set "COMMIT=%%R"
goto :eof

:cache
set "FOLDER=%LOCALAPPDATA%\asrdoctor"
for /f "tokens=2 delims==" %%V in ('%SYSTEM%\findstr.exe /b "JAVA_RUNTIME_VERSION=" "%JDK%\release"') do set "RUNTIME=%%~V"
for %%F in ("%APP%asrdoctor.jar") do set "CACHE=%FOLDER%\start-%RUNTIME%-%%~zF.jsa"
if exist "%CACHE%" goto :eof
if not exist "%FOLDER%" mkdir "%FOLDER%" 2>nul
set "HALF=%FOLDER%\%RANDOM%%RANDOM%.half"
2>nul (>"%HALF%" echo.) || goto :eof
del /q "%FOLDER%\start-*.jsa" 2>nul
"%JDK%\bin\java.exe" -XX:ArchiveClassesAtExit="%HALF%" %FLAGS% -jar "%APP%asrdoctor.jar" rehearse >nul 2>nul
if exist "%HALF%" move /y "%HALF%" "%CACHE%" >nul 2>nul
if exist "%HALF%" del /q "%HALF%" 2>nul
goto :eof
