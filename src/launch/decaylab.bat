@echo off
rem Starts Decay Lab: the window, or with a sub-command the command line. JAVA_HOME chooses the Java, JAVA_OPTS adds options
rem to it.
setlocal
set "home=%~dp0.."

set "java=java.exe"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%java%" (
    echo decaylab: JAVA_HOME is %JAVA_HOME%, which has no bin\java.exe; set it to a JDK of version 17 or later.>&2
    exit /b 1
)
if not defined JAVA_HOME where /q java.exe
if not defined JAVA_HOME if errorlevel 1 (
    echo decaylab: there is no java on the PATH; install a JDK of version 17 or later, or set JAVA_HOME.>&2
    exit /b 1
)

set "version="
for /f "tokens=4 delims=. " %%v in ('""%java%" -fullversion 2^>^&1"') do if not defined version set "version=%%~v"
set "version=%version:"=%"
for /f "delims=+-_ " %%v in ("%version%") do set "version=%%v"
if "%version%"=="" set version=0
if %version% LSS 17 (
    echo decaylab: "%java%" is Java %version%; Decay Lab needs 17 or later.>&2
    exit /b 1
)

rem One native thread per training thread: more make small steps slower, and the bits of a run depend on their number.
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"

rem From Java 24 on, the native libraries of JavaFX and JavaCPP, and JavaFX's Unsafe, are warned about unless allowed.
set "allow="
if %version% GEQ 24 set "allow=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

"%java%" %allow% %JAVA_OPTS% -cp "%home%\lib\*" decaylab.Main %*
exit /b %errorlevel%
