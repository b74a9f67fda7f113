package dev.asrdoctor.remoting;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Loads a transport together with its libraries from a folder of jars. Neither is on the class path of the program: the
 * start of every other run would pay for them, and WinRM4j's are of the {@code javax} generation.
 */
public final class OptionalTransports {

    /** Those that there are; each has a room {@code remoting.NAME} of its own and a folder {@code NAME}. */
    public enum Name {
        WINRM4J(
                "dev.asrdoctor.remoting.winrm4j.Winrm4jTransport",
                "io/cloudsoft/winrm4j/client/WinRmClient.class",
                "org/apache/cxf/Bus.class",
                "org/apache/cxf/jaxws/spi/ProviderImpl.class",
                "org/apache/cxf/transport/http/asyncclient/AsyncHTTPConduit.class",
                "com/sun/xml/bind/v2/ContextFactory.class",
                "com/sun/xml/messaging/saaj/soap/SAAJMetaFactoryImpl.class"),
        LOCAL("dev.asrdoctor.remoting.local.LocalTransport", "com/profesorfalken/jpowershell/PowerShell.class");

        private final String type;
        private final List<String> proofs;

        Name(String type, String... proofs) {
            this.type = type;
            this.proofs = List.of(proofs);
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Path folder;

    /** @param folder holds a folder of jars for each transport */
    public OptionalTransports(Path folder) {
        this.folder = folder;
    }

    /** @throws MissingTransportException where its jars are not there */
    public Remoting load(Name name, OptionalTransport.Settings settings) throws MissingTransportException {
        ClassLoader loader = new TransportLoader(name, jars(name));
        if (name.proofs.stream().anyMatch(proof -> loader.getResource(proof) == null)) {
            throw new MissingTransportException(name, folder.resolve(name.word()));
        }
        try {
            Object transport = Class.forName(name.type, true, loader)
                    .getDeclaredConstructor()
                    .newInstance();
            return ((OptionalTransport) transport).open(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the transport " + name.word() + " is built wrongly", e);
        } catch (LinkageError e) {
            throw new MissingTransportException(name, folder.resolve(name.word()), e);
        }
    }

    private URL[] jars(Name name) {
        Path jars = folder.resolve(name.word());
        if (!Files.isDirectory(jars)) {
            return new URL[0];
        }
        try (Stream<Path> files = Files.list(jars)) {
            List<URL> urls = new ArrayList<>();
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                urls.add(jar.toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            return new URL[0];
        }
    }

    /** The jars of a transport are missing or not whole. */
    public static final class MissingTransportException extends Exception {
        MissingTransportException(Name name, Path folder) {
            super(text(name, folder));
        }

        MissingTransportException(Name name, Path folder, Throwable cause) {
            super(text(name, folder), cause);
        }

        private static String text(Name name, Path folder) {
            return "transport " + name.word() + " needs libraries that are not in " + folder
                    + "; 'mvn package' puts them there, and docs/transports.md names them";
        }
    }

    /** The transport's own classes lie in the program's jar, but have to see the libraries, so they are made here. */
    private static final class TransportLoader extends URLClassLoader {
        private final String room;

        TransportLoader(Name name, URL[] jars) {
            super(name.word(), jars, OptionalTransports.class.getClassLoader());
            this.room = name.type.substring(0, name.type.lastIndexOf('.') + 1);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(room)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
