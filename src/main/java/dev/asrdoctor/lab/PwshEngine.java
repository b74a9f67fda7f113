package dev.asrdoctor.lab;

import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.lab.pwsh.PwshPool;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Runs what arrives, unchanged, in real PowerShell with a stand-in for Windows that works on the world. */
final class PwshEngine implements ScriptEngine {
    private final PwshPool pool;

    PwshEngine(PwshPool pool) {
        this.pool = pool;
    }

    @Override
    public ScriptResult run(World world, Map<String, String> environment, String commandLine, byte[] stdin)
            throws InterruptedException {
        JsonNode given = world.locked(WorldJson::write);
        PwshPool.PwshAnswer answer = pool.run(given, environment, commandLine, stdin);
        world.locked(w -> {
            WorldJson.apply(w, given, answer.world());
            return w;
        });
        return answer.result();
    }
}
