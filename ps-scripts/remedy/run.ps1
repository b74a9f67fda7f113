$watch = [System.Diagnostics.Stopwatch]::StartNew()
$request = ConvertFrom-Json -InputObject $AsrRequest
$outcome = Get-AsrArea -Read { Invoke-AsrStartServices -Request $request }
Write-AsrAnswer -Nonce $request.nonce -Answer ([ordered]@{
        version       = 1
        remedy        = $outcome
        elapsedMillis = $watch.ElapsedMilliseconds
    })
