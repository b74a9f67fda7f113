@echo off
rem Starts asrdoctor on Windows: finds a JDK, builds on first use, runs.
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
set "JDK="

if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined JDK for /f "delims=" %%J in ('where java.exe 2^>nul') do if not defined JDK call :try "%%~dpJ.."
for %%D in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Java" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%USERPROFILE%\.jdks") do (
    if not defined JDK for /f "delims=" %%J in ('dir /b /ad /o-n "%%~D\*" 2^>nul') do if not defined JDK call :try "%%~D\%%J"
)
if not defined JDK (
    echo asrdoctor needs a JDK 21 or newer, and found none by JAVA_HOME, on PATH or in the usual places. 1>&2
    echo Install one ^(for example: winget install EclipseAdoptium.Temurin.25.JDK^) or set JAVA_HOME. 1>&2
    exit /b 2
)

set "APP=%HERE%"
if exist "%HERE%pom.xml" set "APP=%HERE%target\asrdoctor\"
if exist "%APP%asrdoctor.jar" goto run
if not exist "%HERE%pom.xml" (
    echo asrdoctor.jar is missing beside this script. 1>&2
    exit /b 2
)
where mvn >nul 2>nul || (
    echo asrdoctor is built with Maven on first use, and mvn is not on PATH. Install Apache Maven 3.8 or newer. 1>&2
    exit /b 2
)
echo Building asrdoctor ^(first use^) ... 1>&2
pushd "%HERE%"
call mvn -q -B package -Dquick -Dmaven.test.skip=true -Dspotless.check.skip=true 1>&2 || (
    popd
    echo The build failed; its messages are above. 1>&2
    exit /b 2
)
popd

:run
"%JDK%\bin\java.exe" -XX:SharedArchiveFile="%APP%start.jsa" -XX:+AutoCreateSharedArchive -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:all=off %ASRDOCTOR_JAVA_OPTS% -jar "%APP%asrdoctor.jar" %*
exit /b %ERRORLEVEL%

:try
if not exist "%~1\release" goto :eof
if not exist "%~1\bin\java.exe" goto :eof
for /f "tokens=2 delims==." %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "MAJOR=%%~V"
set "MAJOR=%MAJOR:"=%"
if %MAJOR% GEQ 21 set "JDK=%~f1"
goto :eof
