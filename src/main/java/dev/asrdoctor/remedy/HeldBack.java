package dev.asrdoctor.remedy;

/**
 * Something that is wrong and is left alone.
 *
 * @param remedy id of the remedy that is held back
 * @param target a service's short name, or what else the remedy would change
 * @param guard the guard rail that holds it back, a stable word such as {@code disabled}
 * @param reason in words, with what a person should do
 */
public record HeldBack(String remedy, String target, String guard, String reason) {
    static HeldBack of(Remedy remedy, String target, String guard, String reason) {
        return new HeldBack(remedy.id(), target, guard, reason);
    }

    public static HeldBack of(Step step, String guard, String reason) {
        return new HeldBack(step.remedy(), step.target(), guard, reason);
    }
}
