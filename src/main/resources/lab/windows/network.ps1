# Names and connections.

function Find-LabEndpoint {
    param([string]$HostName, [int]$Port)
    return (Get-LabMember -Object $global:AsrLabWorld.machine.network.endpoints -Name ($HostName + ':' + $Port))
}

# What is met there without a proxy.
function Find-LabDirect {
    param([string]$HostName, [int]$Port)
    $endpoint = Find-LabEndpoint -HostName $HostName -Port $Port
    $direct = Get-LabMember -Object $endpoint -Name 'direct'
    if ($null -eq $direct) { return $endpoint }
    if ($direct -is [string]) { return [pscustomobject]@{ fails = $direct } }
    return $direct
}

# 0, or the Winsock error of a connection there.
function Get-LabReach {
    param([string]$HostName, [int]$Port)
    $literal = $null
    $endpoint = Find-LabDirect -HostName $HostName -Port $Port
    $fails = Get-LabMember -Object $endpoint -Name 'fails'
    if ($fails -eq 'dns') { return 11001 }
    if (-not [System.Net.IPAddress]::TryParse($HostName, [ref]$literal)) {
        $known = Get-LabMember -Object $global:AsrLabWorld.machine.network.names -Name $HostName
        if ($null -eq $known) { return 11001 }
        if ($known -is [pscustomobject]) { return $known.code }
    }
    switch ($fails) {
        'timeout' { return 10060 }
        'refused' { return 10061 }
        'blocked' { return 10013 }
        'unreachable' { return 10065 }
    }
    if ($null -eq $endpoint -or [bool](Get-LabMember -Object $endpoint -Name 'silent')) { return 10061 }
    return 0
}

function Resolve-DnsName {
    [CmdletBinding()]
    param([string]$Name, [switch]$QuickTimeout)
    $addresses = Get-LabMember -Object $global:AsrLabWorld.machine.network.names -Name $Name
    $failure = 'DNS_ERROR_RCODE_NAME_ERROR'
    if ($addresses -is [pscustomobject]) { $failure = $addresses.error }
    if ($null -eq $addresses -or $addresses -is [pscustomobject]) {
        throw (New-LabError -Id ($failure + ',Microsoft.DnsClient.Commands.ResolveDnsName') -Message ($Name + ' : the name could not be resolved'))
    }
    foreach ($address in @($addresses)) {
        [pscustomobject]@{ Name = $Name; Type = 'A'; IPAddress = $address }
    }
}

function New-LabSocketError {
    param([int]$Code)
    return New-Object System.Net.Sockets.SocketException -ArgumentList $Code
}

function New-LabClient {
    $client = [pscustomobject]@{ To = ''; Port = 0; ReceiveTimeout = 0; SendTimeout = 0; Client = $null }
    $client | Add-Member -MemberType ScriptMethod -Name BeginConnect -Value {
        param($HostName, $Port, $Callback, $State)
        $this.To = $HostName
        $this.Port = $Port
        return [pscustomobject]@{ IsCompleted = ((Get-LabReach -HostName $HostName -Port $Port) -ne 10060) }
    }
    $client | Add-Member -MemberType ScriptMethod -Name EndConnect -Value {
        param($Call)
        $code = Get-LabReach -HostName $this.To -Port $this.Port
        if ($code -ne 0) { throw (New-LabSocketError -Code $code) }
        $address = Get-LabMember -Object (Find-LabDirect -HostName $this.To -Port $this.Port) -Name 'address'
        if ($null -eq $address) { $address = $this.To }
        $this.Client = [pscustomobject]@{ RemoteEndPoint = [pscustomobject]@{ Address = $address } }
        $this.Client | Add-Member -MemberType ScriptMethod -Name Poll -Value { return $true }
    }
    $client | Add-Member -MemberType ScriptMethod -Name GetStream -Value { return (New-LabStream -Endpoint (Find-LabDirect -HostName $this.To -Port $this.Port)) }
    $client | Add-Member -MemberType ScriptMethod -Name Close -Value { }
    return $client
}

# A socket by which time sources are asked; one that the world says nothing of does not answer.
function New-LabTimeSocket {
    $socket = [pscustomobject]@{ ReceiveTimeout = 0; Told = $null }
    $socket | Add-Member -MemberType ScriptMethod -Name Connect -Value {
        param($Address, $Port)
        foreach ($source in @(Get-LabMember -Object $global:AsrLabWorld.machine -Name 'timeSources' | Where-Object { $null -ne $_ } | ForEach-Object { $_.PSObject.Properties })) {
            $addresses = @($source.Name) + @(Get-LabMember -Object $global:AsrLabWorld.machine.network.names -Name $source.Name)
            if ($addresses -contains $Address) { $this.Told = $source.Value }
        }
    }
    $socket | Add-Member -MemberType ScriptMethod -Name Send -Value { param($Packet) return $Packet.Length }
    $socket | Add-Member -MemberType ScriptMethod -Name Receive -Value {
        param($Packet)
        if ($null -eq $this.Told -or [bool](Get-LabMember -Object $this.Told -Name 'silent')) { throw (New-LabSocketError -Code 10060) }
        $ahead = Get-LabMember -Object $this.Told -Name 'aheadSeconds'
        if ($null -eq $ahead) { $ahead = 0 }
        $epoch = Microsoft.PowerShell.Utility\New-Object DateTime -ArgumentList 1900, 1, 1
        $seconds = ((Get-LabNow).AddSeconds(-[double]$global:AsrLabWorld.host.clockOffsetSeconds).AddSeconds($ahead) - $epoch).TotalSeconds
        $whole = [uint32][Math]::Floor($seconds)
        $Packet[1] = 3
        $Packet[40] = $whole -shr 24
        $Packet[41] = ($whole -shr 16) -band 255
        $Packet[42] = ($whole -shr 8) -band 255
        $Packet[43] = $whole -band 255
        $Packet[44] = [Math]::Floor(($seconds - $whole) * 256)
        return 48
    }
    $socket | Add-Member -MemberType ScriptMethod -Name Close -Value { }
    return $socket
}

# A stream that a proxy answers on: 200 to CONNECT, or what the world says.
function New-LabStream {
    param($Endpoint)
    $stream = [pscustomobject]@{ Endpoint = $Endpoint; Behind = $null; Answer = [System.Collections.Generic.Queue[byte]]::new() }
    $stream | Add-Member -MemberType ScriptMethod -Name Write -Value {
        param($Bytes, $From, $Count)
        $text = [System.Text.Encoding]::ASCII.GetString($Bytes, $From, $Count)
        $status = Get-LabMember -Object $this.Endpoint -Name 'http'
        if ($text -match '^CONNECT ([^ ]+):(\d+) ') {
            $status = Get-LabMember -Object $this.Endpoint -Name 'connect'
            if ($null -eq $status) { $status = 200 }
            $this.Behind = Find-LabEndpoint -HostName $Matches[1] -Port ([int]$Matches[2])
            if ($status -eq 200 -and ($null -eq $this.Behind -or $null -ne (Get-LabMember -Object $this.Behind -Name 'fails') -or [bool](Get-LabMember -Object $this.Behind -Name 'silent'))) { $status = 503 }
        }
        if ($null -eq $status) { return }
        foreach ($byte in [System.Text.Encoding]::ASCII.GetBytes("HTTP/1.1 $status STATUS`r`nContent-Length: 0`r`n`r`n")) { $this.Answer.Enqueue($byte) }
    }
    $stream | Add-Member -MemberType ScriptMethod -Name Read -Value {
        param($Buffer, $From, $Count)
        if ($this.Answer.Count -eq 0) { return 0 }
        $Buffer[$From] = $this.Answer.Dequeue()
        return 1
    }
    return $stream
}

# The machine's own certificates.
function New-LabStore {
    $listed = Get-LabMember -Object $global:AsrLabWorld.machine -Name 'certificates'
    $store = [pscustomobject]@{ Certificates = @(); Denied = ($listed -is [string]) }
    if (-not $store.Denied) {
        $store.Certificates = @($listed | Where-Object { $null -ne $_ } | ForEach-Object {
                [pscustomobject]@{
                    Thumbprint = ([string]$_.thumbprint).ToUpperInvariant(); Subject = [string]$_.subject
                    FriendlyName = [string](Get-LabMember -Object $_ -Name 'friendlyName')
                    NotBefore = (ConvertFrom-LabTime -Text $_.notBefore); NotAfter = (ConvertFrom-LabTime -Text $_.notAfter)
                    HasPrivateKey = ((Get-LabMember -Object $_ -Name 'privateKey') -ne $false)
                }
            })
    }
    $store | Add-Member -MemberType ScriptMethod -Name Open -Value {
        param($Flags)
        if ($this.Denied) { throw (New-Object System.Security.Cryptography.CryptographicException 'Access is denied.') }
    }
    $store | Add-Member -MemberType ScriptMethod -Name Close -Value { }
    return $store
}

function New-LabTls {
    param($Stream)
    $endpoint = $Stream.Endpoint
    if ($null -ne $Stream.Behind) { $endpoint = $Stream.Behind }
    $tls = New-LabStream -Endpoint $endpoint
    $tls | Add-Member -MemberType NoteProperty -Name RemoteCertificate -Value $null
    $tls | Add-Member -MemberType NoteProperty -Name SslProtocol -Value $null
    $tls | Add-Member -MemberType NoteProperty -Name Callback -Value $null
    $tls | Add-Member -MemberType ScriptMethod -Name AuthenticateAsClientAsync -Value { return $this }
    $tls | Add-Member -MemberType ScriptMethod -Name Wait -Value {
        param($Millis)
        $spoken = Get-LabMember -Object $this.Endpoint -Name 'tls'
        if ($null -eq $spoken) { throw (New-Object System.IO.IOException 'Authentication failed because the remote party has closed the transport stream.') }
        switch (Get-LabMember -Object $spoken -Name 'fails') {
            'handshake' { throw (New-Object System.Security.Authentication.AuthenticationException 'A call to SSPI failed, see inner exception.') }
            'reset' { throw (New-Object System.IO.IOException -ArgumentList 'Unable to read data from the transport connection.', (New-LabSocketError -Code 10054)) }
        }
        $this.RemoteCertificate = [pscustomobject]@{
            Subject = $spoken.subject; Issuer = $spoken.issuer
            NotBefore = (ConvertFrom-LabTime -Text $spoken.notBefore); NotAfter = (ConvertFrom-LabTime -Text $spoken.notAfter)
            Thumbprint = [string](Get-LabMember -Object $spoken -Name 'thumbprint')
        }
        $this.SslProtocol = $spoken.protocol
        [void](& $this.Callback $this $null $null ([int]$spoken.problems))
        return $true
    }
    return $tls
}

Export-ModuleMember -Function Resolve-DnsName
