Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
# How each area is read that no other has to wait for, by its name; they are read in the order in which they are put here.
$AsrAreas = [ordered]@{}
