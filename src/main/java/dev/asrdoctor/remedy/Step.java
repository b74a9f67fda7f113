package dev.asrdoctor.remedy;

/**
 * One service to bring up.
 *
 * @param why the finding that asks for it, in words
 */
public record Step(Action action, String service, String displayName, String why) {

    public enum Action {
        START,
        RESUME
    }

    /** What has to be read afterwards for the step to count as done. */
    public String verifies() {
        return service + " is running when its state is read again";
    }
}
