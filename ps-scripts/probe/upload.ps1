# What the upload engine moved during the sampling window. Resource Monitor shows bytes sent per process from a kernel
# trace, which costs too much on a busy server; the process's own counters come closest at no cost: what goes to the
# network is among its "other" transfers. The MARS agent's own counter is told where it has one. Budget: in the samples.

function Read-AsrUpload {
    param($First, $Second)
    $processes = New-Object System.Collections.ArrayList
    if ($null -eq $First['engine'] -or $null -eq $Second['engine']) {
        throw 'the processes could not be read'
    }
    foreach ($after in @($Second['engine'])) {
        foreach ($before in @($First['engine'])) {
            if ($before['id'] -eq $after['id']) {
                [void]$processes.Add([ordered]@{
                        id         = $after['id']
                        otherBytes = (Get-AsrGrowth -Before $before['other'] -After $after['other'])
                        readBytes  = (Get-AsrGrowth -Before $before['read'] -After $after['read'])
                        writeBytes = (Get-AsrGrowth -Before $before['write'] -After $after['write'])
                    })
            }
        }
    }
    return [ordered]@{
        method       = 'process-io'
        windowMillis = $Second['engineAt'] - $First['engineAt']
        processes    = $processes.ToArray()
        marsBytes    = (Get-AsrGrowth -Before $First['mars'] -After $Second['mars'])
    }
}
