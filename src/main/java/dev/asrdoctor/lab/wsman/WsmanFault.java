package dev.asrdoctor.lab.wsman;

import org.jspecify.annotations.Nullable;

/**
 * A fault as WinRM tells it (DSP0226 annex, MS-WSMV 2.2.4.43).
 *
 * @param code {@code s:Sender} or {@code s:Receiver}
 * @param subcode with its prefix
 * @param detail last part of a fault detail URI, or null
 * @param wsmanCode of the WSManFault element
 * @param provider the plug-in that failed, or null where the service did
 * @param form how the code is told
 */
record WsmanFault(
        String code,
        String subcode,
        String reason,
        @Nullable String detail,
        long wsmanCode,
        String message,
        @Nullable String provider,
        Form form) {

    enum Form {
        WSMAN_FAULT,
        CIM
    }

    private static final String SENDER = "s:Sender";
    private static final String RECEIVER = "s:Receiver";

    static WsmanFault timedOut() {
        String text =
                "The WS-Management service cannot complete the operation within the time specified in OperationTimeout.  ";
        return plain(RECEIVER, "w:TimedOut", text, 2150858793L);
    }

    static WsmanFault noSuchShell(String shellId) {
        return invalidSelectors("The request for the Windows Remote Shell with ShellId " + shellId
                + " failed because the shell was not found on the server. Possible causes are: the specified ShellId is"
                + " incorrect or the shell no longer exists on the server. Provide the correct ShellId or create a new"
                + " shell and retry the operation. ");
    }

    static WsmanFault noSuchCommand() {
        return invalidSelectors(
                "The Windows Remote Shell received a request to perform an operation on a command identifier that does"
                        + " not exist. Either the command has completed execution or the client specified an invalid"
                        + " command identifier. ");
    }

    private static WsmanFault invalidSelectors(String message) {
        return new WsmanFault(
                SENDER,
                "w:InvalidSelectors",
                "The WS-Management service cannot process the request because the request contained invalid selectors for"
                        + " the resource. ",
                "UnexpectedSelectors",
                2150858843L,
                message,
                null,
                Form.WSMAN_FAULT);
    }

    static WsmanFault tooManyShells(int allowed, Form form) {
        return new WsmanFault(
                SENDER,
                "w:QuotaLimit",
                "The WS-Management service cannot process the request. The maximum number of concurrent shells for this"
                        + " user has been exceeded. Close existing shells or raise the quota for this user. ",
                null,
                2150859173L,
                "The WS-Management service cannot process the request. This user is allowed a maximum number of "
                        + allowed + " concurrent shells, which has been exceeded. Close existing shells or raise the"
                        + " quota for this user. ",
                null,
                form);
    }

    static WsmanFault accessDenied() {
        return new WsmanFault(
                SENDER,
                "w:AccessDenied",
                "The sender was not authorized to access the resource. ",
                null,
                5,
                "Access is denied. ",
                null,
                Form.WSMAN_FAULT);
    }

    static WsmanFault aborted() {
        String text = "The I/O operation has been aborted because of either a thread exit or an application request. ";
        return plain(RECEIVER, "w:InternalError", text, 995);
    }

    static WsmanFault fileNotFound() {
        String text = "The system cannot find the file specified. ";
        return new WsmanFault(
                RECEIVER, "w:InternalError", text, null, 2147942402L, text, "Shell cmd plugin", Form.WSMAN_FAULT);
    }

    static WsmanFault schema() {
        String text =
                "The SOAP XML in the message does not match the corresponding XML schema definition. Change the XML and"
                        + " retry. ";
        return plain(SENDER, "w:SchemaValidationError", text, 2150858817L);
    }

    static WsmanFault headerMissing() {
        String text =
                "The WS-Management service cannot process the request. The request does not have all the expected SOAP"
                        + " headers. ";
        return plain(SENDER, "a:MessageInformationHeaderRequired", text, 2150858769L);
    }

    static WsmanFault actionNotSupported() {
        String text = "The WS-Management service does not support the action specified in the request. ";
        return plain(SENDER, "a:ActionNotSupported", text, 2150858771L);
    }

    static WsmanFault noSuchResource() {
        String text =
                "The WS-Management service cannot process the request. The service cannot find the resource identified"
                        + " by the resource URI and selectors. ";
        return new WsmanFault(
                SENDER,
                "a:DestinationUnreachable",
                text,
                "InvalidResourceURI",
                2150858752L,
                text,
                null,
                Form.WSMAN_FAULT);
    }

    static WsmanFault envelopeTooSmall() {
        String text = "The WS-Management service does not support the specified maximum envelope size: the value is"
                + " smaller than the minimum allowed value. ";
        return new WsmanFault(
                SENDER, "w:EncodingLimit", text, "MinimumEnvelopeLimit", 2150858878L, text, null, Form.WSMAN_FAULT);
    }

    static WsmanFault answerTooLarge() {
        String text = "The response that the WS-Management service computed exceeds the maximum envelope size in the"
                + " request. ";
        return new WsmanFault(
                SENDER, "w:EncodingLimit", text, "MaxEnvelopeSize", 2150858824L, text, null, Form.WSMAN_FAULT);
    }

    /** The fault this code stands for; an unknown one becomes an internal error. */
    static WsmanFault of(long code) {
        if (code == 2150858793L) {
            return timedOut();
        }
        if (code == 2150858843L) {
            return noSuchShell("00000000-0000-0000-0000-000000000000");
        }
        if (code == 2150859173L) {
            return tooManyShells(Quotas.DEFAULT.shellsPerUser(), Form.WSMAN_FAULT);
        }
        if (code == 5) {
            return accessDenied();
        }
        if (code == 995) {
            return aborted();
        }
        if (code == 2150858752L) {
            return noSuchResource();
        }
        String text = "The WS-Management service cannot process the request (error " + code + "). ";
        return plain(RECEIVER, "w:InternalError", text, code);
    }

    private static WsmanFault plain(String code, String subcode, String text, long wsmanCode) {
        return new WsmanFault(code, subcode, text, null, wsmanCode, text, null, Form.WSMAN_FAULT);
    }
}
