package dev.asrdoctor.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asrdoctor.facts.Facts;
import dev.asrdoctor.inventory.ResolvedServer;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.testing.AsrService;
import dev.asrdoctor.testing.ServerMaker;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private static final ResolvedServer SERVER =
            ResolvedServer.asSaid(ServerMaker.server("ps1", Deployment.STANDALONE));
    private static final Step PROXY = Step.of(Remedy.PROXY, Step.Action.SET_MARS_PROXY, AlignProxy.MARS, "they differ")
            .change("none", "http://proxy 8080");
    private static final Step TAKES = Step.of(Remedy.PROXY, Step.Action.RESTART, "obengine", "it takes it")
            .change("4711", "")
            .after(AlignProxy.MARS);
    private static final Step UPPER = start("svagents");
    private static final Step LOWER = start("Root");
    private static final Step OTHER = start("tmansvc");

    private final ServerMaker server = ServerMaker.healthy(Deployment.STANDALONE);

    TogetherTest() {
        server.service(AsrService.VX_AGENT).stopped(0L).dependsOn("Middle");
        server.service("Middle").stopped(0L).dependsOn("ROOT");
        server.service("Root").stopped(0L);
        server.service(AsrService.TMANSVC).stopped(0L);
    }

    private static Step start(String service) {
        return new Step(Step.Action.START, service, service, "it is down");
    }

    private static ServerPlan left(List<Step> planned, List<Step> kept, @Nullable Facts facts) {
        return Together.of(planned, new ServerPlan(SERVER, kept, List.of()), facts);
    }

    @Test
    void aRestartIsLeftOutWithTheProxyThatItWouldTake() {
        assertThat(left(List.of(PROXY, TAKES), List.of(TAKES), server.facts()).steps())
                .isEmpty();
    }

    @Test
    void aProxyIsLeftOutWithTheRestartThatWouldTakeIt() {
        ServerPlan left = left(List.of(PROXY, TAKES), List.of(PROXY), server.facts());
        assertThat(left.steps()).isEmpty();
        assertThat(left.heldBack().getFirst().reason())
                .endsWith("restart obengine (PID 4711), and what runs on top of it");
    }

    @Test
    void aServiceIsLeftOutWithWhatItDependsOnHoweverFarDown() {
        assertThat(left(List.of(LOWER, UPPER, OTHER), List.of(UPPER, OTHER), server.facts())
                        .steps())
                .containsExactly(OTHER);
    }

    @Test
    void aServiceIsStartedWithoutOneThatItDoesNotDependOn() {
        assertThat(left(List.of(OTHER, UPPER), List.of(UPPER), server.facts()).steps())
                .containsExactly(UPPER);
    }

    @Test
    void whatAServiceDependsOnIsStartedWithoutIt() {
        assertThat(left(List.of(LOWER, UPPER), List.of(LOWER), server.facts()).steps())
                .containsExactly(LOWER);
    }

    @Test
    void whatIsLeftOutTakesOthersWithItInTurn() {
        Step set = Step.of(Remedy.PROXY, Step.Action.SET_MARS_PROXY, AlignProxy.MARS, "x")
                .change("a", "b");
        Step engine = TAKES;
        server.service("obengine").dependsOn("Root");
        assertThat(left(List.of(LOWER, set, engine), List.of(set, engine), server.facts())
                        .steps())
                .isEmpty();
    }

    @Test
    void nothingIsLeftOutWhereAllOfItIsDone() {
        assertThat(left(List.of(PROXY, TAKES, UPPER), List.of(PROXY, TAKES, UPPER), server.facts())
                        .steps())
                .containsExactly(PROXY, TAKES, UPPER);
    }

    @Test
    void whereNobodyKnowsWhatDependsOnWhatServicesAreStartedTogetherOrNotAtAll() {
        assertThat(left(List.of(LOWER, UPPER, OTHER), List.of(UPPER, OTHER), ServerMaker.unreadable())
                        .steps())
                .isEmpty();
        assertThat(left(List.of(LOWER, OTHER), List.of(OTHER), null).steps()).isEmpty();
    }
}
