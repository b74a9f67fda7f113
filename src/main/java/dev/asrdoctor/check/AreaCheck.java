package dev.asrdoctor.check;

import dev.asrdoctor.facts.Area;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.policy.Policy;
import dev.asrdoctor.policy.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A check that cannot do without one area, and says UNKNOWN with the reason when it could not be read. */
abstract class AreaCheck<T> implements Check {
    private final About about;
    private final FactArea<T> area;

    /** @param area the first of {@code about.areas()} */
    AreaCheck(FactArea<T> area, About about) {
        this.area = area;
        this.about = about;
    }

    /** What a judgement may look at beside its own area. */
    record Context(Facts facts, ResolvedServer server, Policy policy) {
        <S> @Nullable S read(FactArea<S> other) {
            return facts.read(other);
        }

        <S> S get(Setting<S> setting) {
            return policy.get(setting);
        }
    }

    @Override
    public final About about() {
        return about;
    }

    @Override
    public final List<Finding> judge(Facts facts, ResolvedServer server, Policy policy) {
        return switch (facts.get(area)) {
            case Area.Read<T>(T data) -> judge(data, new Context(facts, server, policy));
            case Area.Unreadable<T> unreadable -> List.of(unreadable(unreadable));
        };
    }

    abstract List<Finding> judge(T data, Context context);

    FindingBuilder finding(String subject) {
        return new FindingBuilder(this, subject);
    }

    List<Finding> pass(FindingBuilder finding, String title) {
        return List.of(finding.is(Status.PASS, Severity.INFO, title, null));
    }

    List<Finding> skipped(String title) {
        return List.of(finding("").is(Status.SKIPPED, Severity.INFO, title, null));
    }

    Finding unreadable(Area.Unreadable<T> area) {
        boolean late = area.errorId().equals("out-of-time");
        return finding("")
                .evidence("errorId", area.errorId())
                .evidence("message", area.message())
                .is(
                        Status.UNKNOWN,
                        Severity.MEDIUM,
                        about().title() + ": not known, since it could not be read (" + area.message() + ")",
                        late
                                ? "The server answers slowly. Run the check again with --only " + this.area.id()
                                        + " and a longer --deadline."
                                : "Check that the account is an administrator there and that the source answers; the error id is "
                                        + area.errorId() + ".");
    }
}
