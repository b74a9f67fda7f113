# Whether the licence of Windows runs out. Numbers mean the same on every display language. Budget: one CIM query, which some
# servers take 20 s for.

function Read-AsrLicence {
    $found = New-Object System.Collections.ArrayList
    # The application id of Windows itself.
    foreach ($product in @(Get-CimInstance -ClassName SoftwareLicensingProduct -Filter "ApplicationID='55c92734-d682-4d71-983e-d6ec3f16059f'" -OperationTimeoutSec 20)) {
        if ($null -ne $product -and [string]$product.PartialProductKey -ne '') {
            [void]$found.Add([ordered]@{
                    status       = [long]$product.LicenseStatus
                    graceMinutes = [long]$product.GracePeriodRemaining
                    evaluation   = ([string]$product.Description).Contains('TIMEBASED_EVAL')
                })
        }
    }
    return [ordered]@{ licences = $found.ToArray() }
}

$AsrAreas['licence'] = { Read-AsrLicence }
