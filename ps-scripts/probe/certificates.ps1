# The certificates by which an appliance proves to Azure who it is, and those that its files and keys name. Thumbprints and dates
# alone: keys are never touched. Budget: 1 s, a dozen small files and one store.

# Forty digits without what an editor has put between them.
function Add-AsrThumbprint {
    param($Named, [string]$Place, [string]$Text)
    $digits = ($Text -replace '[^0-9A-Fa-f]', '').ToLowerInvariant()
    if ($digits.Length -eq 40) {
        [void]$Named.Add([ordered]@{ place = $Place; thumbprint = $digits })
    }
}

function Find-AsrThumbprint {
    param($Request, $Known)
    $named = New-Object System.Collections.ArrayList
    $members = @('AgentAuthenticationSpn', 'DiscoveryAuthenticationSpn', 'FailbackAgentAuthenticationSpn', 'MarsAgentAuthenticationSpn', 'SpnIdentity', 'MarsSpnIdentity', 'RcmAzureADSpn')
    foreach ($property in @($Request.product.files.PSObject.Properties)) {
        $name = [string]$property.Name
        if ($name -cne 'appliance' -and $name -cne 'processServer' -and -not $name.StartsWith('component')) {
            continue
        }
        $file = Read-AsrJsonFile -Path ([string](Get-AsrProductPath -Request $Request -Known $Known -Name $name))
        foreach ($member in $members) {
            $text = Get-AsrMemberText -Object $file['json'] -Names @($member, 'CertificateThumbprint')
            Add-AsrThumbprint -Named $named -Place (([string]$property.Value.path).Split('\')[-1] + ' ' + $member) -Text ([string]$text)
        }
    }
    $provider = Read-AsrOptional -Read { Get-AsrProductKey -Request $Request -Name 'registration' }
    Add-AsrThumbprint -Named $named -Place 'registry AcsCertificateThumbprint' -Text ([string](Get-AsrText -Key $provider -Name 'AcsCertificateThumbprint'))
    $mars = Read-AsrOptional -Read { Get-AsrProductKey -Request $Request -Name 'marsConfig' }
    Add-AsrThumbprint -Named $named -Place 'registry PrimaryCertThumbprint' -Text ([string](Get-AsrText -Key $mars -Name 'PrimaryCertThumbprint'))
    return , $named.ToArray()
}

function Test-AsrOwnCertificate {
    param($Certificate, $Named)
    if ([string]$Certificate.Subject -match '^CN=(Agent|Discovery|FailbackAgent|Mars)SpnCert$') {
        return $true
    }
    if ([string]$Certificate.FriendlyName -match '(agentauthcert|discoveryauthcert|DR Appliance Config Manager Cert)$') {
        return $true
    }
    $thumbprint = ([string]$Certificate.Thumbprint).ToLowerInvariant()
    return @($Named | Where-Object { $null -ne $_ -and $_['thumbprint'] -ceq $thumbprint }).Length -gt 0
}

function Read-AsrStore {
    param($Named)
    $found = New-Object System.Collections.ArrayList
    $place = [System.Security.Cryptography.X509Certificates.StoreLocation]::LocalMachine
    $store = New-Object System.Security.Cryptography.X509Certificates.X509Store -ArgumentList 'My', $place
    $store.Open([System.Security.Cryptography.X509Certificates.OpenFlags]::OpenExistingOnly)
    try {
        foreach ($certificate in @($store.Certificates)) {
            if ($null -ne $certificate -and $found.Count -lt 50 -and (Test-AsrOwnCertificate -Certificate $certificate -Named $Named)) {
                [void]$found.Add([ordered]@{
                        thumbprint   = ([string]$certificate.Thumbprint).ToLowerInvariant()
                        subject      = (Limit-AsrText -Text ([string]$certificate.Subject) -Length 300)
                        friendlyName = (Limit-AsrText -Text ([string]$certificate.FriendlyName) -Length 300)
                        notBefore    = [DateTime]$certificate.NotBefore
                        notAfter     = [DateTime]$certificate.NotAfter
                        privateKey   = [bool]$certificate.HasPrivateKey
                    })
            }
        }
    }
    finally {
        $store.Close()
    }
    return , $found.ToArray()
}

function Read-AsrCertificates {
    param($Request, $Known)
    $named = Find-AsrThumbprint -Request $Request -Known $Known
    $store = @()
    $failed = $null
    try {
        $store = Read-AsrStore -Named $named
    }
    catch {
        $failed = [string]$_.Exception.GetBaseException().GetType().Name
    }
    return [ordered]@{
        named      = $named
        store      = $store
        storeError = $failed
    }
}

$AsrAreas['certificates'] = { Read-AsrCertificates -Request $request -Known $known }
