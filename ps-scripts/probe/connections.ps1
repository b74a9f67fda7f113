# The upload engine's TCP connections. Numbers of states are the same on every language. Budget: two CIM queries.

function Read-AsrEngineId {
    $ids = New-Object System.Collections.ArrayList
    foreach ($service in @(Get-CimInstance -ClassName Win32_Service -Filter "Name='obengine'" -OperationTimeoutSec 10)) {
        if ($null -ne $service -and [long]$service.ProcessId -gt 0) {
            [void]$ids.Add([long]$service.ProcessId)
        }
    }
    return , $ids.ToArray()
}

function Read-AsrConnections {
    $ids = Read-AsrEngineId
    $found = New-Object System.Collections.ArrayList
    $total = 0
    foreach ($connection in @(Get-CimInstance -Namespace 'root\StandardCimv2' -ClassName MSFT_NetTCPConnection -OperationTimeoutSec 15)) {
        if ($null -ne $connection -and $ids -contains [long]$connection.OwningProcess -and [int]$connection.State -ne 2) {
            $total++
            if ($found.Count -lt 100) {
                [void]$found.Add([ordered]@{
                        process       = [long]$connection.OwningProcess
                        state         = [int]$connection.State
                        remoteAddress = [string]$connection.RemoteAddress
                        remotePort    = [int]$connection.RemotePort
                    })
            }
        }
    }
    return [ordered]@{ processes = $ids; total = $total; connections = $found.ToArray() }
}
