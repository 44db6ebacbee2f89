import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One Elasticsearch node on the class path, until standard input ends: whoever started it may die in any way and the
 * node goes too. Arguments: its home, then settings as name=value.
 */
public final class ElasticsearchNode {
    private ElasticsearchNode() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        LogConfigurator.configureESLogging();
        Environment environment = new Environment(settings(home, arguments), home.resolve("config"));
        LogConfigurator.setNodeName(environment.settings().get("node.name"));
        LogConfigurator.configure(environment, true);
        PluginsLoader plugins = PluginsLoader.createPluginsLoader(
                PluginsLoader.loadModulesBundles(environment.modulesDir(), false),
                PluginsLoader.loadPluginsBundles(environment.pluginsDir(), false),
                Map.of(),
                false);
        try (Node node = new Node(environment, plugins)) {
            node.start();
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        System.exit(0);
    }

    private static Settings settings(Path home, String[] arguments) {
        Settings.Builder builder = Settings.builder().put("path.home", home.toString());
        for (int i = 1; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            builder.put(pair[0], pair[1]);
        }
        return builder.build();
    }
}
