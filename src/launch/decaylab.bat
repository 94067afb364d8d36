@echo off
rem Starts Decay Lab: the window, or with a sub-command the command line. JAVA_HOME chooses the Java, JAVA_OPTS adds options
rem to it.
setlocal
if defined JAVA_HOME goto java_home
set "java=java.exe"
where /q java.exe && goto found
echo decaylab: there is no java on the PATH; install a JDK of version 17 or later, or set JAVA_HOME.>&2
exit /b 1

:java_home
set "java=%JAVA_HOME%\bin\java.exe"
if exist "%java%" goto found
echo decaylab: JAVA_HOME is "%JAVA_HOME%", which has no bin\java.exe; set it to a JDK of version 17 or later.>&2
exit /b 1

:found
rem The fourth word of: openjdk full version "17.0.15+6"
set "version=0"
for /f "tokens=4 delims=. " %%v in ('""%java%" -fullversion 2^>^&1"') do set "version=%%~v"
for /f "delims=+-_" %%v in ("%version:"=%") do set "version=%%v"
if %version% GEQ 17 goto start
echo decaylab: "%java%" is Java %version%; Decay Lab needs 17 or later.>&2
exit /b 1

:start
rem One native thread per training thread: more make small steps slower, and the bits of a run depend on their number.
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"

rem From Java 24 on there is a warning of the memory access that JavaFX 21 and JavaCPP still use.
set "allow="
if %version% GEQ 24 set "allow=--sun-misc-unsafe-memory-access=allow"

"%java%" %allow% %JAVA_OPTS% -jar "%~dp0..\lib\decaylab.jar" %*
exit /b %errorlevel%
