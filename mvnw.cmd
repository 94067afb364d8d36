@echo off
rem Runs Maven for a machine that has a JDK and nothing else: one that was fetched before, else one fetched now and checked,
rem else the one on the PATH.
setlocal
set "mvnw_version=3.9.11"
set "mvnw_sha512=bcfe4fe305c962ace56ac7b5fc7a08b87d5abd8b7e89027ab251069faebee516b0ded8961445d6d91ec1985dfe30f8153268843c89aa392733d1a3ec956c9978"
set "mvnw_url=https://archive.apache.org/dist/maven/maven-3/%mvnw_version%/binaries/apache-maven-%mvnw_version%-bin.tar.gz"
if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
set "mvnw_place=%MAVEN_USER_HOME%\wrapper\dists\apache-maven-%mvnw_version%"

rem For javafx:run, whose program inherits it; the reason stands in src\launch\decaylab.
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"

call :unpacked
if defined mvnw_mvn goto run

rem Fetches beside its place and moves it there, so that no half of a Maven is ever found. Ends with 2 where the host is out
rem of reach, 1 where what came is not what was asked for.
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
  "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';" ^
  "[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor 3072;" ^
  "$new = Join-Path $env:mvnw_place ('.new.' + [guid]::NewGuid());" ^
  "try {" ^
  "  $null = New-Item -ItemType Directory -Force $new;" ^
  "  $file = Join-Path $new 'maven.tar.gz';" ^
  "  try { $probe = New-Object Net.Sockets.TcpClient; $name = ([uri]$env:mvnw_url).Host;" ^
  "    if ($env:HTTPS_PROXY -eq $null -and -not $probe.ConnectAsync($name, 443).Wait(10000)) { exit 2 }" ^
  "    Invoke-WebRequest -UseBasicParsing $env:mvnw_url -OutFile $file } catch { exit 2 }" ^
  "  if ((Get-FileHash $file -Algorithm SHA512).Hash -ne $env:mvnw_sha512) {" ^
  "    [Console]::Error.WriteLine('mvnw: what came from ' + $env:mvnw_url + ' has not the checksum of Maven ' + $env:mvnw_version + '; try again, or put a mvn on the PATH and use that.'); exit 1 }" ^
  "  tar.exe -xzf $file -C $new;" ^
  "  if ($LASTEXITCODE -ne 0) { [Console]::Error.WriteLine('mvnw: Maven could not be unpacked in ' + $new + '; is the disk full?'); exit 1 }" ^
  "  $there = Join-Path $env:mvnw_place $env:mvnw_sha512;" ^
  "  if (-not (Test-Path $there)) { Move-Item (Join-Path $new ('apache-maven-' + $env:mvnw_version)) $there }" ^
  "} catch { [Console]::Error.WriteLine('mvnw: ' + $_.Exception.Message); exit 1 }" ^
  "finally { Remove-Item -Recurse -Force -ErrorAction SilentlyContinue $new }"
if errorlevel 2 goto path
if errorlevel 1 exit /b 1
call :unpacked
if defined mvnw_mvn goto run

:path
where /q mvn.cmd && goto old
echo mvnw: archive.apache.org cannot be reached for Maven %mvnw_version%, and there is no mvn on the PATH; go on line once, or install Maven 3.8.1 or later.>&2
exit /b 1

:old
rem The build itself refuses a Maven older than 3.8.1.
echo mvnw: archive.apache.org cannot be reached for Maven %mvnw_version%; using the mvn of the PATH.>&2
set "mvnw_mvn=mvn.cmd"

:run
call "%mvnw_mvn%" %*
exit /b %errorlevel%

rem Sets mvnw_mvn to the program of an unpacked Maven, also where Maven's own wrapper has unpacked it.
:unpacked
set "mvnw_mvn="
for /d %%d in ("%mvnw_place%*") do for /d %%e in ("%%d\*") do (
    if exist "%%e\bin\mvn.cmd" set "mvnw_mvn=%%e\bin\mvn.cmd"
    if exist "%%e\apache-maven-%mvnw_version%\bin\mvn.cmd" set "mvnw_mvn=%%e\apache-maven-%mvnw_version%\bin\mvn.cmd"
)
exit /b 0
