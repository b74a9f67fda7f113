# The upload engine's TCP connections. Numbers of states are the same on every language. Budget: two CIM queries.

function Read-AsrEngineId {
    param($Request)
    $ids = New-Object System.Collections.ArrayList
    $filter = "Name='" + (ConvertTo-AsrQueryText -Text ([string]$Request.product.engine.service)) + "'"
    foreach ($service in @(Get-CimInstance -ClassName Win32_Service -Filter $filter -OperationTimeoutSec 10)) {
        if ($null -ne $service -and [long]$service.ProcessId -gt 0) {
            [void]$ids.Add([long]$service.ProcessId)
        }
    }
    return , $ids.ToArray()
}

function Read-AsrConnections {
    param($Request)
    $ids = Read-AsrEngineId -Request $Request
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

$AsrAreas['connections'] = { Read-AsrConnections -Request $request }
