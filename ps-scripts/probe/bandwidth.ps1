# What can hold the upload back: the MARS agent's throttle, the links, lost packets. Budget: in the samples.

# The help names no properties for the throttle, so every plain one of that part is told as it is.
function Read-AsrThrottle {
    param($Machine)
    $members = [ordered]@{}
    $setting = $null
    foreach ($property in @($Machine.PSObject.Properties)) {
        if ($property.Name -match 'Throttl|Bandwidth') {
            $setting = $property.Value
            if ($null -eq $setting -or $setting -is [string] -or $setting -is [ValueType]) {
                $members[$property.Name] = [string]$setting
            }
            else {
                foreach ($inner in @($setting.PSObject.Properties)) {
                    $members[$inner.Name] = Limit-AsrText -Text ((@($inner.Value) | ForEach-Object { [string]$_ }) -join ',') -Length 200
                }
            }
        }
    }
    return $members
}

# Policies of the packet scheduler that limit how much is sent, from group policy.
function Read-AsrQosPolicy {
    $found = New-Object System.Collections.ArrayList
    $root = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\QoS'
    try {
        $items = @(Get-ChildItem -LiteralPath $root | Where-Object { $null -ne $_ } | Select-Object -First 100)
    }
    catch {
        if (([string]$_.FullyQualifiedErrorId).StartsWith('PathNotFound')) {
            return , $found.ToArray()
        }
        throw
    }
    foreach ($item in $items) {
        $key = Get-AsrKey -Path ($root + '\' + [string]$item.PSChildName)
        $rate = Get-AsrNumber -Key $key -Name 'Throttle Rate'
        if ($null -ne $rate -and $rate -gt 0) {
            [void]$found.Add([ordered]@{
                    name               = [string]$item.PSChildName
                    application        = (Limit-AsrText -Text ([string](Get-AsrText -Key $key -Name 'Application Name')) -Length 300)
                    protocol           = (Get-AsrText -Key $key -Name 'Protocol')
                    localPort          = (Get-AsrText -Key $key -Name 'Local Port')
                    remotePort         = (Get-AsrText -Key $key -Name 'Remote Port')
                    remoteAddress      = (Get-AsrText -Key $key -Name 'Remote IP')
                    url                = (Get-AsrText -Key $key -Name 'URL')
                    kilobytesPerSecond = $rate
                })
        }
    }
    return , $found.ToArray()
}

function Read-AsrBandwidth {
    param($Request, $Known, $First, $Second)
    $throttle = $null
    if ($null -ne $Known['marsRoot']) {
        $machine = Get-AsrMarsMachine -Known $Known
        if ($null -ne $machine) {
            $throttle = Read-AsrThrottle -Machine $machine
        }
    }
    $links = New-Object System.Collections.ArrayList
    if ($null -ne $First['links'] -and $null -ne $Second['links']) {
        foreach ($after in @($Second['links'])) {
            foreach ($before in @($First['links'])) {
                if ($before['name'] -eq $after['name']) {
                    [void]$links.Add([ordered]@{
                            name           = $after['name']
                            bitsPerSecond  = $after['speed']
                            sentBytes      = (Get-AsrGrowth -Before $before['sent'] -After $after['sent'])
                            errors         = (Get-AsrGrowth -Before $before['errors'] -After $after['errors'])
                            discarded      = (Get-AsrGrowth -Before $before['lost'] -After $after['lost'])
                            errorsSinceBoot = $after['errors']
                        })
                }
            }
        }
    }
    $sent = $null
    $again = $null
    if ($null -ne $First['tcp'] -and $null -ne $Second['tcp']) {
        $sent = Get-AsrGrowth -Before $First['tcp']['sent'] -After $Second['tcp']['sent']
        $again = Get-AsrGrowth -Before $First['tcp']['again'] -After $Second['tcp']['again']
    }
    $threads = Get-AsrNumber -Key (Get-AsrProductKey -Request $Request -Name 'marsReplication') -Name 'UploadThreadsPerVM'
    return [ordered]@{
        throttle           = $throttle
        throttleError      = (Get-AsrKnown -Known $Known -Name 'marsError')
        uploadThreads      = $threads
        windowMillis       = $Second['engineAt'] - $First['engineAt']
        links              = $links.ToArray()
        segmentsSent       = $sent
        segmentsSentAgain  = $again
        qos                = (Read-AsrOptional -Read { , @(Read-AsrQosPolicy) })
    }
}

function Get-AsrKnown {
    param($Known, [string]$Name)
    if ($Known.ContainsKey($Name)) {
        return $Known[$Name]
    }
    return $null
}
