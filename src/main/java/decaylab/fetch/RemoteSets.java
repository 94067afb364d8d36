package decaylab.fetch;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** The data sets that can be fetched. */
public final class RemoteSets {
    private static final long ANY_TEXT = 16_000_000;

    private RemoteSets() {}

    /** All of them, in the order of lists. */
    public static List<RemoteSet> all() {
        return List.of(
                new RemoteSet(
                        "mnist",
                        "CC BY-SA 3.0, as commonly stated.",
                        "LeCun, Cortes and Burges, The MNIST database of handwritten digits",
                        List.of(
                                mnist("train-images-idx3-ubyte.gz", 9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
                                mnist("train-labels-idx1-ubyte.gz", 28_881, "d53e105ee54ea40749a09fcbcd1e9432"),
                                mnist("t10k-images-idx3-ubyte.gz", 1_648_877, "9fb629c4189551a2d022fa330f9573f3"),
                                mnist("t10k-labels-idx1-ubyte.gz", 4_542, "ec29112dd5afa0611ce80d1b7f02629c")),
                        false),
                new RemoteSet(
                        "fashion-mnist",
                        "MIT.",
                        "https://github.com/zalandoresearch/fashion-mnist",
                        List.of(
                                fashion("train-images-idx3-ubyte.gz", 30_000_000, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
                                fashion("train-labels-idx1-ubyte.gz", 1_000_000, "25c81989df183df01b3e8a0aad5dffbe"),
                                fashion("t10k-images-idx3-ubyte.gz", 6_000_000, "bef4ecab320f06d8554ea6380940ec79"),
                                fashion("t10k-labels-idx1-ubyte.gz", 1_000_000, "bb300cfdad3c16e7a12a480ee83cd310")),
                        false),
                new RemoteSet(
                        "cifar10",
                        "None is stated; its author asks to cite Krizhevsky, Learning Multiple Layers of Features from Tiny "
                                + "Images (2009).",
                        "https://www.cs.toronto.edu/~kriz/cifar.html",
                        List.of(new RemoteFile(
                                "cifar-10-binary.tar.gz",
                                places("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
                                200_000_000,
                                Checksum.md5("c32a1d4ab5d03f1284b67883e8d87530"))),
                        true),
                new RemoteSet(
                        "cora",
                        "None is stated; cite Sen et al., Collective Classification in Network Data (2008).",
                        "https://linqs.org/datasets/",
                        List.of(new RemoteFile(
                                "cora.tgz",
                                places("https://linqs-data.soe.ucsc.edu/public/lbc/cora.tgz"),
                                10_000_000,
                                null)),
                        true),
                new RemoteSet(
                        "tiny-shakespeare",
                        "The text is in the public domain.",
                        "https://github.com/karpathy/char-rnn",
                        List.of(new RemoteFile(
                                "input.txt",
                                places(
                                        "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt"),
                                1_115_394,
                                Checksum.sha256("86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"))),
                        false),
                new RemoteSet(
                        "multi30k",
                        "For research and education only; cite Elliott et al., Multi30K (2016).",
                        "https://github.com/multi30k/dataset",
                        List.of(
                                multi30k(
                                        "train.de.gz",
                                        "726e39b2fa9eb9ffb6dc763fb35a179f80fae06ffc5d28b6ace5faa883de28a6"),
                                multi30k(
                                        "train.en.gz",
                                        "d79cfa999dd4c51d2cb42499b6796d5a882c3a8a961923c25a898c90f8bbd56f"),
                                multi30k(
                                        "val.de.gz",
                                        "f0cba2f995189cf5770f29a8a9a537a3ad3f51657ad873405082ff6863a5e75a"),
                                multi30k(
                                        "val.en.gz",
                                        "14f7d25ddd868909a9213e361768460edcacdd6ab9d1e77b92560dc10c10dc28"),
                                multi30k(
                                        "test_2016_flickr.de.gz",
                                        "9204244e408ccb38d2a55cfcd344df15005fc42a07a6e55ca6c52b6ababb8cc8"),
                                multi30k(
                                        "test_2016_flickr.en.gz",
                                        "611d361c6334bc7246101d48097c13cf5c4413c5befc793cc629934359d532d9")),
                        false));
    }

    private static RemoteFile mnist(String name, long bytes, String md5) {
        return new RemoteFile(
                name,
                places(
                        "https://ossci-datasets.s3.amazonaws.com/mnist/" + name,
                        "https://storage.googleapis.com/cvdf-datasets/mnist/" + name),
                bytes,
                Checksum.md5(md5));
    }

    private static RemoteFile fashion(String name, long most, String md5) {
        return new RemoteFile(
                name,
                places("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/" + name),
                most,
                Checksum.md5(md5));
    }

    private static RemoteFile multi30k(String name, String sha256) {
        return new RemoteFile(
                name,
                places("https://raw.githubusercontent.com/multi30k/dataset/master/data/task1/raw/" + name),
                ANY_TEXT,
                Checksum.sha256(sha256));
    }

    private static List<URI> places(String... addresses) {
        return Arrays.stream(addresses).map(URI::create).toList();
    }
}
