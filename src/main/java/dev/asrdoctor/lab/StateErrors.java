package dev.asrdoctor.lab;

import java.util.LinkedHashMap;
import java.util.Map;

/** What PowerShell tells of a source that fails; ids as on Windows. */
final class StateErrors {
    private StateErrors() {}

    static String id(StateFault fault) {
        boolean denied = fault.error() == StateFault.Kind.ACCESS_DENIED;
        return switch (fault.target()) {
            case CIM, PROCESS ->
                (denied ? "HRESULT 0x80041003" : "HRESULT 0x80041001")
                        + ",Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand";
            case REGISTRY ->
                denied
                        ? "System.Security.SecurityException,Microsoft.PowerShell.Commands.GetItemPropertyCommand"
                        : "System.IO.IOException,Microsoft.PowerShell.Commands.GetItemPropertyCommand";
            case SCM ->
                denied
                        ? "CouldNotGetServiceInfo,Microsoft.PowerShell.Commands.GetServiceCommand"
                        : "System.InvalidOperationException,Microsoft.PowerShell.Commands.GetServiceCommand";
            case EVENTLOG ->
                denied ? "System.UnauthorizedAccessException" : "System.Diagnostics.Eventing.Reader.EventLogException";
        };
    }

    static Map<String, Object> area(StateFault fault) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("id", id(fault));
        error.put("message", fault.message());
        return Map.of("error", error);
    }
}
