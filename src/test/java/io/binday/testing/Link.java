package io.binday.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The way to a server on this machine, at a port of its own, which can be cut for good. */
public final class Link implements AutoCloseable {

    private final ServerSocket entrance;
    private final int server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private Link(ServerSocket entrance, int server) {
        this.entrance = entrance;
        this.server = server;
    }

    /** The way to the server at a port. */
    public static Link to(int server) throws IOException {
        Link link = new Link(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        start(link::accept);
        return link;
    }

    /** The port at which it begins. */
    public int port() {
        return entrance.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            open.add(client);
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
            open.add(behind);
            start(() -> client.getInputStream().transferTo(behind.getOutputStream()));
            start(() -> behind.getInputStream().transferTo(client.getOutputStream()));
        }
    }

    private static void start(Carrying carrying) {
        Thread thread = new Thread(
                () -> {
                    try {
                        carrying.run();
                    } catch (IOException e) {
                        // It was cut.
                    }
                },
                "link");
        thread.setDaemon(true);
        thread.start();
    }

    /** Cuts every connection, and refuses new ones. */
    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Ends when the link is cut. */
    private interface Carrying {
        void run() throws IOException;
    }
}
