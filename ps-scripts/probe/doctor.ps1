# What a remote shell of this account is like: version, language mode, execution policy, memory, rights. Budget: six registry
# keys and one item of the WSMan drive.

function Read-AsrShell {
    $winRs = Read-AsrOptional -Read { Get-AsrKey -Path 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WinRM\Service\WinRS' }
    $policy = Read-AsrOptional -Read { Get-AsrKey -Path 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\PowerShell' }
    $local = Read-AsrOptional -Read { Get-AsrKey -Path 'HKLM:\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell' }
    $dotNet = Read-AsrOptional -Read { Get-AsrKey -Path 'HKLM:\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full' }
    $memory = Get-AsrNumber -Key $winRs -Name 'MaxMemoryPerShellMB'
    if ($null -eq $memory) {
        $memory = Read-AsrOptional -Read { [long](Get-Item -LiteralPath 'WSMan:\localhost\Shell\MaxMemoryPerShellMB').Value }
    }
    # Only who has all rights of an administrator may look into another account's part of the registry.
    $administrator = $null
    try {
        if ($null -ne (Get-AsrKey -Path 'Registry::HKEY_USERS\S-1-5-19\Environment')) {
            $administrator = $true
        }
    }
    catch {
        $administrator = $false
    }
    return [ordered]@{
        psVersion       = (Get-Variable -Name PSVersionTable -ValueOnly).PSVersion.ToString()
        languageMode    = $ExecutionContext.SessionState.LanguageMode.ToString()
        policy          = (Get-AsrText -Key $policy -Name 'ExecutionPolicy')
        scripts         = (Get-AsrNumber -Key $policy -Name 'EnableScripts')
        executionPolicy = (Get-AsrText -Key $local -Name 'ExecutionPolicy')
        memoryMB        = $memory
        dotNetVersion   = (Get-AsrText -Key $dotNet -Name 'Version')
        administrator   = $administrator
    }
}

$request = ConvertFrom-Json -InputObject $AsrRequest
Write-AsrAnswer -Nonce $request.nonce -Answer ([ordered]@{
        version = 1
        shell   = (Get-AsrArea -Read { Read-AsrShell })
    })
