package dev.asrdoctor.lab.wsman;

/** Writes the body of a fault. */
final class FaultXml {
    private static final String WSMAN_FAULT = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";
    private static final String NIL = " xsi:nil=\"true\"";

    private FaultXml() {}

    static String of(WsmanFault fault, String machine) {
        return "<s:Fault><s:Code><s:Value>" + fault.code() + "</s:Value><s:Subcode><s:Value>" + fault.subcode()
                + "</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en-US\">" + Xml.escape(fault.reason())
                + "</s:Text></s:Reason><s:Detail>" + detail(fault, machine) + "</s:Detail></s:Fault>";
    }

    private static String detail(WsmanFault fault, String machine) {
        return switch (fault.form()) {
            case CIM -> cim(fault);
            case WSMAN_FAULT ->
                (fault.detail() == null
                                ? ""
                                : "<w:FaultDetail>" + Names.FAULT_DETAIL + fault.detail() + "</w:FaultDetail>")
                        + "<f:WSManFault xmlns:f=\"" + WSMAN_FAULT + "\" Code=\"" + fault.wsmanCode() + "\" Machine=\""
                        + Xml.escape(machine) + "\"><f:Message>" + message(fault) + "</f:Message></f:WSManFault>";
        };
    }

    private static String message(WsmanFault fault) {
        String text = Xml.escape(fault.message());
        return fault.provider() == null
                ? text
                : "<f:ProviderFault provider=\"" + fault.provider()
                        + "\" path=\"%systemroot%\\system32\\winrscmd.dll\">" + text + "</f:ProviderFault>";
    }

    /** MSFT_WmiError, by which newer hosts tell an exhausted quota. */
    private static String cim(WsmanFault fault) {
        String message = Xml.escape(fault.message());
        return "<p:MSFT_WmiError b:IsCIM_Error=\"true\" xmlns:b=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd\""
                + " xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\""
                + " xmlns:p=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSFT_WmiError\""
                + " xsi:type=\"p:MSFT_WmiError_Type\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
                + field("CIMStatusCode", "cimUnsignedInt", "27")
                + nil("CIMStatusCodeDescription")
                + nil("ErrorSource")
                + field("ErrorSourceFormat", "cimUnsignedShort", "0")
                + field("ErrorType", "cimUnsignedShort", "0")
                + field("Message", "cimString", message)
                + field("MessageID", "cimString", "HRESULT 0x" + Long.toHexString(fault.wsmanCode()))
                + nil("OtherErrorSourceFormat")
                + nil("OtherErrorType")
                + nil("OwningEntity")
                + field("PerceivedSeverity", "cimUnsignedShort", "0")
                + field("ProbableCause", "cimUnsignedShort", "0")
                + nil("ProbableCauseDescription")
                + field("error_Category", "cimUnsignedInt", "30")
                + field("error_Code", "cimUnsignedInt", Long.toString(fault.wsmanCode()))
                + field("error_Type", "cimString", "HRESULT")
                + field("error_WindowsErrorMessage", "cimString", message)
                + "</p:MSFT_WmiError>";
    }

    private static String field(String name, String type, String value) {
        return "<p:" + name + " xsi:type=\"cim:" + type + "\">" + value + "</p:" + name + ">";
    }

    private static String nil(String name) {
        return "<p:" + name + NIL + " xsi:type=\"cim:cimString\"/>";
    }
}
