package dev.asrdoctor.remedy;

import dev.asrdoctor.text.Commands;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing to do on a server.
 *
 * @param remedy id of the remedy that asks for it
 * @param target a service's short name, or what else the action changes
 * @param displayName of the target, for people
 * @param from what was read and is to be changed, null where the action has no value; a restarted service's process id
 * @param to what is wanted
 * @param needs the target of an earlier step without which this one is left out
 * @param whatIf only rehearsed: the policy does not let this remedy act yet
 * @param why the finding that asks for it, in words
 */
public record Step(
        String remedy,
        Action action,
        String target,
        String displayName,
        @Nullable String from,
        @Nullable String to,
        @Nullable String needs,
        boolean whatIf,
        String why) {

    public enum Action {
        START,
        RESUME,
        RESTART,
        SET_START_TYPE,
        RESYNC_TIME,
        SET_MARS_PROXY,
        SET_PRODUCT_PROXY,
        EXCLUDE_FOLDERS;

        /** As the remedy script, the plan file and the reports write it. */
        public String word() {
            return Words.word(this);
        }

        boolean runsService() {
            return this == START || this == RESUME || this == RESTART;
        }
    }

    /** A service to bring up. */
    public Step(Action action, String service, String displayName, String why) {
        this("start-services", action, service, displayName, null, null, null, false, why);
    }

    static Step of(Remedy remedy, Action action, String target, String why) {
        return new Step(remedy.id(), action, target, target, null, null, null, false, why);
    }

    Step change(String before, String wanted) {
        return new Step(remedy, action, target, displayName, before, wanted, needs, whatIf, why);
    }

    Step after(String earlier) {
        return new Step(remedy, action, target, displayName, from, to, earlier, whatIf, why);
    }

    Step rehearsed() {
        return new Step(remedy, action, target, displayName, from, to, needs, true, why);
    }

    Step acted() {
        return new Step(remedy, action, target, displayName, from, to, needs, false, why);
    }

    /** What the journal counts it by: a service however it is brought up, anything else with what is done to it. */
    public String key() {
        return action.runsService() ? target : action.word() + " " + target;
    }

    /** The same thing done to the same state, whatever it is asked for by. */
    public boolean sameAs(Step other) {
        return action == other.action
                && target.equals(other.target)
                && Objects.equals(from, other.from)
                && Objects.equals(to, other.to);
    }

    /** In words, without the server. */
    public String words() {
        return switch (action) {
            case START -> "start " + target;
            case RESUME -> "resume " + target;
            case RESTART -> "restart " + target + " (PID " + from + "), and what runs on top of it";
            case SET_START_TYPE -> "set start type of " + target + " from " + from + " to " + to;
            case RESYNC_TIME -> "resync the clock";
            case SET_MARS_PROXY -> "set the MARS agent's proxy from " + from + " to " + to;
            case SET_PRODUCT_PROXY -> "set the product's proxy from " + from + " to " + to;
            case EXCLUDE_FOLDERS -> "exclude from " + target + ": " + folders();
        };
    }

    private String folders() {
        return to == null ? "" : to.replace("|", "; ");
    }

    /** What has to be read afterwards for the step to count as done. */
    public String verifies() {
        return switch (action) {
            case START, RESUME -> target + " is running when its state is read again";
            case RESTART ->
                remedy.equals(Remedy.RESTART_AGENT.id())
                        ? target + " is running in a new process and holds a connection to Azure"
                        : target + " is running in a new process";
            case SET_START_TYPE -> "the registry says " + to + " when it is read again";
            case RESYNC_TIME -> "the clock is within the policy's limit when it is measured again";
            case SET_MARS_PROXY, SET_PRODUCT_PROXY -> "both proxies are the same when they are read again";
            case EXCLUDE_FOLDERS -> "none of these folders is missing when the exclusions are read again";
        };
    }

    /** How a person takes it back, null where there is nothing to take back. */
    public @Nullable String undo() {
        return switch (action) {
            case START, RESUME, RESTART, RESYNC_TIME -> null;
            case SET_START_TYPE ->
                Commands.service(target)
                        .map(name -> "sc.exe config " + name + " start= " + ("manual".equals(from) ? "demand" : from))
                        .orElse(null);
            case SET_MARS_PROXY -> undoMars();
            case SET_PRODUCT_PROXY -> "cspsconfigtool.exe on the configuration server, to " + from;
            case EXCLUDE_FOLDERS ->
                Commands.list(List.of((to == null ? "" : to).split("\\|")))
                        .map(folders -> "Remove-MpPreference -ExclusionPath " + folders)
                        .orElse(null);
        };
    }

    private @Nullable String undoMars() {
        if (from == null || from.equals("none")) {
            return "Set-OBMachineSetting -NoProxy; Restart-Service obengine";
        }
        String[] parts = from.split(" ");
        String port = parts.length > 1 ? parts[1] : "80";
        return Commands.value(parts[0])
                .flatMap(server -> Commands.value(port)
                        .map(number -> "Set-OBMachineSetting -ProxyServer " + server + " -ProxyPort " + number
                                + "; Restart-Service obengine"))
                .orElse(null);
    }
}
