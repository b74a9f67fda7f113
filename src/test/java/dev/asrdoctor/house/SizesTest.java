package dev.asrdoctor.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A method fits a screen, a class has one job: what was agreed on, counted by the compiler's own parser. */
class SizesTest {
    private static final int METHOD = 50;
    private static final int CLASS = 400;
    private static final int MEDIAN = 65;

    private static final Path MAIN = Path.of(System.getProperty("project.root", "."), "src", "main", "java");

    /** Something with a size in lines, from its first word to its closing brace. */
    private record Sized(Path file, String name, long line, long lines) {
        @Override
        public String toString() {
            return "%s:%d %s has %d lines".formatted(MAIN.relativize(file), line, name, lines);
        }
    }

    private static final List<Sized> METHODS = new ArrayList<>();
    private static final List<Sized> CLASSES = new ArrayList<>();

    @BeforeAll
    static void parse() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> sources;
        try (Stream<Path> walk = Files.walk(MAIN)) {
            sources = walk.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
        }
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Measure(positions, unit).scan(unit, null);
            }
        }
    }

    @Test
    void noMethodIsLongerThanAScreen() {
        assertThat(METHODS).hasSizeGreaterThan(1000);
        assertThat(METHODS.stream().filter(method -> method.lines() > METHOD)).isEmpty();
    }

    @Test
    void noClassHasManyJobs() {
        assertThat(CLASSES).hasSizeGreaterThan(500);
        assertThat(CLASSES.stream().filter(type -> type.lines() > CLASS)).isEmpty();
    }

    @Test
    void mostClassesAreSmall() {
        long[] lines = CLASSES.stream().mapToLong(Sized::lines).sorted().toArray();
        assertThat(lines[lines.length / 2])
                .as("the median of %d classes", lines.length)
                .isLessThanOrEqualTo(MEDIAN);
    }

    /** Top-level types with all that is in them; methods, constructors, initialisers, and functions held in fields. */
    private static final class Measure extends TreePathScanner<Void, Void> {
        private final SourcePositions positions;
        private final CompilationUnitTree unit;

        Measure(SourcePositions positions, CompilationUnitTree unit) {
            this.positions = positions;
            this.unit = unit;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            if (getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree) {
                CLASSES.add(sized(type, type.getSimpleName().toString()));
            }
            return super.visitClass(type, none);
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            METHODS.add(sized(method, method.getName().toString()));
            return super.visitMethod(method, none);
        }

        @Override
        public Void visitBlock(BlockTree block, Void none) {
            if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
                METHODS.add(sized(block, "an initialiser"));
            }
            return super.visitBlock(block, none);
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree function, Void none) {
            METHODS.add(sized(function, "a function"));
            return super.visitLambdaExpression(function, none);
        }

        private Sized sized(Tree tree, String name) {
            long first = line(positions.getStartPosition(unit, tree));
            long last = line(positions.getEndPosition(unit, tree));
            return new Sized(Path.of(unit.getSourceFile().toUri()), name, first, last - first + 1);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
