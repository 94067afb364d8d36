package decaylab.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Brings what is at an address into a file, bit by bit: what has come stays where the connection breaks or the process ends, and
 * the next try goes on from there where the server can, and has the same file still.
 */
final class Download {
    private static final int PIECE = 1 << 16;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int CANNOT_SATISFY = 416;
    private static final int REDIRECTIONS = 300;
    private static final int REFUSALS = 400;
    /** Beside the part, what the server said by which it can be known again. */
    private static final String VALIDATOR = ".validator";

    private final HttpClient client;
    private final Duration patience;

    /** Why a place cannot give the file; the next may. */
    static final class Failed extends IOException {
        private static final long serialVersionUID = 1L;

        Failed(String reason) {
            super(reason);
        }

        Failed(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /**
     * @param patience how long a server may say nothing
     */
    Download(Duration patience) {
        this.patience = patience;
        client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /**
     * Brings the rest of a file.
     *
     * @param part receives it; what is there already is its beginning
     * @param most bytes that it may have
     * @param told how many bytes there are
     * @throws Failed where the place does not give it, or not all of it
     * @throws IOException where the part cannot be written
     */
    void bring(URI place, Path part, long most, LongConsumer told) throws IOException {
        Path validatorFile = part.resolveSibling(part.getFileName() + VALIDATOR);
        long there = Files.exists(part) ? Files.size(part) : 0;
        String validator = Files.exists(validatorFile) ? Files.readString(validatorFile) : "";
        HttpRequest.Builder request = HttpRequest.newBuilder(place).timeout(patience);
        if (there > 0) {
            request.header("Range", "bytes=" + there + "-");
            if (!validator.isEmpty()) {
                request.header("If-Range", validator);
            }
        }
        HttpResponse<InputStream> response = send(place, request.build());
        try (InputStream body = response.body()) {
            if (response.statusCode() == CANNOT_SATISFY && there > 0) {
                return; // nothing is left of it; whether it is the right one is checked as always
            }
            requireGood(place, response.statusCode());
            boolean goesOn = response.statusCode() == PARTIAL && begins(response, there);
            if (response.statusCode() == PARTIAL && !goesOn) {
                throw new Failed(place + " sent another part of the file than was asked for");
            }
            long announced =
                    response.headers().firstValueAsLong("Content-Length").orElse(-1);
            long begin = goesOn ? there : 0;
            if (announced >= 0 && begin + announced > most) {
                throw new Failed(place + " announces " + (begin + announced) + " bytes, more than the file has");
            }
            write(validatorFile, validator(response).orElse(""));
            receive(place, body, part, goesOn, begin, most, announced, told);
        }
    }

    private static void write(Path file, String text) throws IOException {
        if (text.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        }
    }

    private HttpResponse<InputStream> send(URI place, HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpConnectTimeoutException e) {
            throw new Failed(place.getHost() + " does not answer", e);
        } catch (HttpTimeoutException e) {
            throw new Failed(place.getHost() + " said nothing for " + patience.toSeconds() + " s", e);
        } catch (ConnectException e) {
            boolean unknown = e.getCause() instanceof ConnectException cause
                            && cause.getCause() instanceof UnresolvedAddressException
                    || e.getCause() instanceof UnresolvedAddressException;
            throw new Failed(place.getHost() + (unknown ? " is not known here" : " cannot be reached"), e);
        } catch (IOException | IllegalArgumentException e) { // the second for headers that are nonsense
            throw new Failed(place.getHost() + " broke off (" + reason(e) + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("the download was given up", e);
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message.strip();
    }

    private static void requireGood(URI place, int status) throws Failed {
        if (status >= REFUSALS) {
            throw new Failed(place + " answers with the status " + status);
        }
        if (status >= REDIRECTIONS) {
            throw new Failed(place + " sends on to elsewhere and never gives the file");
        }
        if (status != OK && status != PARTIAL) {
            throw new Failed(place + " answers with the status " + status);
        }
    }

    /** Whether the part that comes begins where the one that is there ends. */
    private static boolean begins(HttpResponse<?> response, long there) {
        return response.headers()
                .firstValue("Content-Range")
                .filter(range -> range.startsWith("bytes " + there + "-"))
                .isPresent();
    }

    /** A strong one alone says that two parts are of one file. */
    private static Optional<String> validator(HttpResponse<?> response) {
        Optional<String> tag = response.headers().firstValue("ETag").filter(text -> text.startsWith("\""));
        return tag.isPresent() ? tag : response.headers().firstValue("Last-Modified");
    }

    private void receive(
            URI place,
            InputStream body,
            Path part,
            boolean goesOn,
            long begin,
            long most,
            long announced,
            LongConsumer told)
            throws IOException {
        AtomicLong lastHeard = new AtomicLong(System.nanoTime());
        AtomicBoolean silent = new AtomicBoolean();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "download-clock");
            thread.setDaemon(true);
            return thread;
        });
        long look = Math.max(1, patience.toMillis() / 10);
        ScheduledFuture<?> watch = clock.scheduleWithFixedDelay(
                () -> {
                    if (System.nanoTime() - lastHeard.get() > patience.toNanos()) {
                        silent.set(true);
                        close(body); // what waits for it wakes up with an exception
                    }
                },
                look,
                look,
                TimeUnit.MILLISECONDS);
        long have = begin;
        try (OutputStream out = Files.newOutputStream(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] piece = new byte[PIECE];
            while (true) {
                int count = read(place, body, piece, silent);
                if (count < 0) {
                    break;
                }
                lastHeard.set(System.nanoTime());
                have += count;
                if (have > most) {
                    throw new Failed(place + " sends more than the " + most + " bytes that the file may have");
                }
                out.write(piece, 0, count);
                told.accept(have);
            }
        } finally {
            watch.cancel(true);
            clock.shutdownNow();
        }
        if (announced >= 0 && have < begin + announced) {
            throw new Failed(place + " broke off after " + have + " of " + (begin + announced) + " bytes");
        }
    }

    private int read(URI place, InputStream body, byte[] piece, AtomicBoolean silent) throws Failed {
        try {
            return body.read(piece);
        } catch (IOException e) {
            throw new Failed(
                    silent.get()
                            ? place.getHost() + " said nothing for " + patience.toSeconds() + " s"
                            : place.getHost() + " broke off (" + reason(e) + ")",
                    e);
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // It is closed as far as it can be; whoever reads it is told.
        }
    }

    /** Forgets a part. */
    static void forget(Path part) throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(part.resolveSibling(part.getFileName() + VALIDATOR));
    }
}
