# .NET objects that scripts make, as far as they reach for Windows.

function New-Object {
    [CmdletBinding()]
    param([Parameter(Position = 0)][string]$TypeName, [Parameter(Position = 1)][object[]]$ArgumentList, [System.Collections.IDictionary]$Property)
    if ($PSBoundParameters.ContainsKey('Property')) {
        return (Microsoft.PowerShell.Utility\New-Object @PSBoundParameters)
    }
    switch ($TypeName) {
        'System.Net.Sockets.TcpClient' { return (New-LabClient) }
        'System.Net.Sockets.Socket' { return (New-LabTimeSocket) }
        'System.Net.Security.SslStream' {
            $tls = New-LabTls -Stream $ArgumentList[0]
            $tls.Callback = { param($from, $certificate, $chain, $errors) [void]$ArgumentList[2].Invoke($from, $certificate, $chain, [System.Net.Security.SslPolicyErrors]$errors) }.GetNewClosure()
            return $tls
        }
        'System.Security.Cryptography.X509Certificates.X509Certificate2' { return $ArgumentList[0] }
        'System.Security.Cryptography.X509Certificates.X509Store' { return (New-LabStore) }
        'System.Diagnostics.Process' { return (New-LabProcess) }
        'System.IO.FileInfo' {
            $file = Get-LabMember -Object $global:AsrLabWorld.machine.files -Name $ArgumentList[0]
            return [pscustomobject]@{ LastWriteTimeUtc = (ConvertFrom-LabTime -Text $file.modifiedAt) }
        }
        'System.Diagnostics.Eventing.Reader.EventLogQuery' { return [pscustomobject]@{ Path = $ArgumentList[0]; Query = $ArgumentList[2]; ReverseDirection = $false } }
        'System.Diagnostics.Eventing.Reader.EventLogReader' { return (New-LabEventReader -Log $ArgumentList[0].Path -Query $ArgumentList[0].Query) }
        'System.Diagnostics.PerformanceCounterCategory' { return (New-LabCounterCategory -Name $ArgumentList[0]) }
        'System.IO.FileStream' {
            $file = Get-LabMember -Object $global:AsrLabWorld.machine.files -Name $ArgumentList[0]
            $shut = Get-LabMember -Object $global:AsrLabWorld.machine.files -Name ($ArgumentList[0] + '\')
            if ($null -ne $shut -or [bool](Get-LabMember -Object $file -Name 'denied')) {
                throw (Microsoft.PowerShell.Utility\New-Object System.UnauthorizedAccessException ("Access to the path '" + $ArgumentList[0] + "' is denied."))
            }
        }
    }
    if ($PSBoundParameters.ContainsKey('ArgumentList')) {
        return , (Microsoft.PowerShell.Utility\New-Object -TypeName $TypeName -ArgumentList $ArgumentList)
    }
    return , (Microsoft.PowerShell.Utility\New-Object -TypeName $TypeName)
}

Export-ModuleMember -Function New-Object
