package dev.asrdoctor.lab;

import dev.asrdoctor.lab.command.ScriptResult;
import dev.asrdoctor.lab.pwsh.PwshPool;
import java.util.Map;

/** Runs what arrives, unchanged, in real PowerShell with a stand-in for Windows that works on the world. */
final class PwshEngine implements ScriptEngine {
    private final PwshPool pool;

    PwshEngine(PwshPool pool) {
        this.pool = pool;
    }

    @Override
    public ScriptResult run(World world, Map<String, String> environment, String commandLine, byte[] stdin)
            throws InterruptedException {
        PwshPool.PwshAnswer answer = pool.run(world.locked(WorldJson::write), environment, commandLine, stdin);
        world.locked(w -> {
            WorldJson.apply(w, answer.world());
            return w;
        });
        return answer.result();
    }
}
