# Counters that only mean something over time, read twice in a run. Raw classes and their properties have English names on
# every display language. One that cannot be read is missing and the others stand.

function Read-AsrCpuCounter {
    $counter = Get-CimInstance -ClassName Win32_PerfRawData_PerfOS_Processor -Filter "Name='_Total'" -OperationTimeoutSec 10
    return @{ idle = [decimal]$counter.PercentProcessorTime; stamp = [decimal]$counter.Timestamp_Sys100NS }
}

# Commit charge, as the portal shows it, not physical memory.
function Read-AsrCommit {
    $memory = Get-CimInstance -ClassName Win32_OperatingSystem -OperationTimeoutSec 10
    return @{ limit = [decimal]$memory.TotalVirtualMemorySize; free = [decimal]$memory.FreeVirtualMemory }
}

function Read-AsrQueueLength {
    $system = Get-CimInstance -ClassName Win32_PerfRawData_PerfOS_System -OperationTimeoutSec 10
    return [int]$system.ProcessorQueueLength
}

# What programs write to the disks is what a source machine has to replicate.
function Read-AsrDiskCounter {
    $disk = Get-CimInstance -ClassName Win32_PerfRawData_PerfDisk_PhysicalDisk -Filter "Name='_Total'" -OperationTimeoutSec 10
    return [decimal]$disk.DiskWriteBytesPersec
}

# Bytes that the upload engine's process moved; what it sends to the network is among the other transfers.
function Read-AsrEngineProcess {
    param([string]$Name)
    $processes = New-Object System.Collections.ArrayList
    $filter = "Name='" + (ConvertTo-AsrQueryText -Text $Name) + "'"
    foreach ($process in @(Get-CimInstance -ClassName Win32_Process -Filter $filter -OperationTimeoutSec 10)) {
        if ($null -ne $process) {
            [void]$processes.Add(@{
                    id    = [long]$process.ProcessId
                    other = [decimal]$process.OtherTransferCount
                    read  = [decimal]$process.ReadTransferCount
                    write = [decimal]$process.WriteTransferCount
                })
        }
    }
    return , $processes.ToArray()
}

function Read-AsrLinkCounter {
    $links = New-Object System.Collections.ArrayList
    foreach ($link in @(Get-CimInstance -ClassName Win32_PerfRawData_Tcpip_NetworkInterface -OperationTimeoutSec 10)) {
        if ($null -ne $link) {
            [void]$links.Add(@{
                    name   = [string]$link.Name
                    sent   = [decimal]$link.BytesSentPersec
                    speed  = [decimal]$link.CurrentBandwidth
                    errors = [decimal]$link.PacketsOutboundErrors + [decimal]$link.PacketsReceivedErrors
                    lost   = [decimal]$link.PacketsOutboundDiscarded + [decimal]$link.PacketsReceivedDiscarded
                })
        }
    }
    return , $links.ToArray()
}

function Read-AsrTcpCounter {
    $tcp = Get-CimInstance -ClassName Win32_PerfRawData_Tcpip_TCPv4 -OperationTimeoutSec 10
    return @{ sent = [decimal]$tcp.SegmentsSentPersec; again = [decimal]$tcp.SegmentsRetransmittedPersec }
}

# What the MARS agent itself counts for each replicated machine; its category has an English name.
function Read-AsrMarsCounter {
    param([string]$Name)
    $category = New-Object System.Diagnostics.PerformanceCounterCategory -ArgumentList $Name
    $sum = [decimal]0
    foreach ($instance in @($category.ReadCategory()['Uncompressed Bytes'].Values)) {
        $sum += [decimal]$instance.RawValue
    }
    return $sum
}

# Where WMI hangs, a few counters may wait for it, not every one of them.
function Assert-AsrInTime {
    param([System.Diagnostics.Stopwatch]$Watch, [long]$Begun)
    if ($Watch.ElapsedMilliseconds - $Begun -gt 15000) {
        throw 'the counters before have taken the time'
    }
}

function Read-AsrSample {
    param([System.Diagnostics.Stopwatch]$Watch, [bool]$Network, $Engine)
    $begun = $Watch.ElapsedMilliseconds
    $sample = @{
        at     = $begun
        cpu    = (Read-AsrOptional -Read { Read-AsrCpuCounter })
        commit = (Read-AsrOptional -Read { Assert-AsrInTime -Watch $Watch -Begun $begun; Read-AsrCommit })
        queue  = (Read-AsrOptional -Read { Assert-AsrInTime -Watch $Watch -Begun $begun; Read-AsrQueueLength })
        disk   = (Read-AsrOptional -Read { Assert-AsrInTime -Watch $Watch -Begun $begun; Read-AsrDiskCounter })
    }
    if ($Network) {
        $sample['engine'] = Read-AsrOptional -Read { Assert-AsrInTime -Watch $Watch -Begun $begun; , @(Read-AsrEngineProcess -Name ([string]$Engine.process)) }
        $sample['links'] = Read-AsrOptional -Read { Assert-AsrInTime -Watch $Watch -Begun $begun; , @(Read-AsrLinkCounter) }
        $sample['tcp'] = Read-AsrOptional -Read { Assert-AsrInTime -Watch $Watch -Begun $begun; Read-AsrTcpCounter }
        $sample['mars'] = Read-AsrOptional -Read { Assert-AsrInTime -Watch $Watch -Begun $begun; Read-AsrMarsCounter -Name ([string]$Engine.counters) }
        $sample['engineAt'] = $Watch.ElapsedMilliseconds
    }
    return $sample
}

# Counters that were set back in between count as nothing.
function Get-AsrGrowth {
    param($Before, $After)
    if ($null -eq $Before -or $null -eq $After) {
        return $null
    }
    return [Math]::Max([decimal]0, $After - $Before)
}
