package decaylab.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of files on this machine, good and bad ones. */
final class TestServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ServerSocket> sockets = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    TestServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Answers a path. */
    void on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            requests.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getOrDefault("Range", List.of()));
            try (exchange) {
                answer.to(exchange);
            }
        });
    }

    /** A file, of which a part can be asked for. */
    static Answer file(byte[] content, String tag) {
        return exchange -> {
            exchange.getResponseHeaders().set("ETag", tag);
            String range = exchange.getRequestHeaders().getFirst("Range");
            String condition = exchange.getRequestHeaders().getFirst("If-Range");
            boolean part = range != null && (condition == null || condition.equals(tag));
            int from = part ? Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1")) : 0;
            if (part && from >= content.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            if (part) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            }
            exchange.sendResponseHeaders(part ? 206 : 200, content.length - from);
            exchange.getResponseBody().write(content, from, content.length - from);
        };
    }

    /** A file that says nothing of parts, and sends all of it each time. */
    static Answer whole(byte[] content) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        };
    }

    static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static Answer redirect(String to) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** Bytes without an end. */
    static Answer endless() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            byte[] piece = new byte[4096];
            try {
                while (true) {
                    out.write(piece);
                }
            } catch (IOException e) {
                // Whoever reads has had enough.
            }
        };
    }

    /** Some bytes, then nothing, as long as this server is there. */
    Answer silentAfter(byte[] beginning) {
        return exchange -> {
            exchange.sendResponseHeaders(200, beginning.length + 100L);
            exchange.getResponseBody().write(beginning);
            exchange.getResponseBody().flush();
            await();
        };
    }

    /** Never answers. */
    Answer silent() {
        return exchange -> await();
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers every connection with these words, one after the other, and breaks off; tells the address. */
    String raw(String... answers) throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        AtomicInteger number = new AtomicInteger();
        threads.submit(() -> {
            while (!socket.isClosed()) {
                try (Socket connection = socket.accept()) {
                    StringBuilder head = new StringBuilder();
                    while (!head.toString().endsWith("\r\n\r\n")) {
                        int next = connection.getInputStream().read();
                        if (next < 0) {
                            break;
                        }
                        head.append((char) next);
                    }
                    requests.add(head.toString()
                            .lines()
                            .filter(line -> line.startsWith("Range"))
                            .findFirst()
                            .orElse(""));
                    String answer = answers[Math.min(number.getAndIncrement(), answers.length - 1)];
                    connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    connection.getOutputStream().flush();
                } catch (IOException e) {
                    // The other side, or the test, is done with it.
                }
            }
        });
        return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.stop(0);
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
