# The answer is one line with its length and hash, so that one that was cut or changed on its way is recognised.

function Write-AsrAnswer {
    param([string]$Nonce, $Answer)
    $json = ConvertTo-AsrJson -Value $Answer
    # The managed implementation is refused where FIPS algorithms are enforced.
    try {
        $sha = New-Object System.Security.Cryptography.SHA256CryptoServiceProvider
    }
    catch {
        $sha = [System.Security.Cryptography.SHA256]::Create()
    }
    $hash = $sha.ComputeHash([System.Text.Encoding]::ASCII.GetBytes($json))
    $hex = [System.BitConverter]::ToString($hash).Replace('-', '').ToLowerInvariant()
    [Console]::Out.WriteLine('ASRDOCTOR-ANSWER 1 ' + $Nonce + ' ' + $json.Length + ' ' + $hex + ' ' + $json + ' ASRDOCTOR-END')
    [Console]::Out.Flush()
}

function ConvertTo-AsrError {
    param($Record)
    return [ordered]@{
        id      = [string]$Record.FullyQualifiedErrorId
        message = [string]$Record.Exception.Message
    }
}

function Get-AsrArea {
    param([scriptblock]$Read)
    try {
        return [ordered]@{ data = (& $Read) }
    }
    catch {
        return [ordered]@{ error = (ConvertTo-AsrError -Record $_) }
    }
}
