import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.event.ruler.Machine;

/** Routes events with event-ruler: java -cp CLASSPATH EventRuler.java RULES EVENTS, a JSON text a line in both. */
public class EventRuler {
    private static final int ROUNDS = 3;

    public static void main(String[] files) throws Exception {
        List<String> rules = Files.readAllLines(Path.of(files[0]));
        List<String> events = Files.readAllLines(Path.of(files[1]));
        Machine machine = new Machine();
        for (int i = 0; i < rules.size(); i++) {
            machine.addRule("rule-" + i, rules.get(i));
        }
        double best = Double.MAX_VALUE;
        long heard = 0;
        for (int round = 0; round < ROUNDS; round++) {  // the first rounds warm the machine up
            heard = 0;
            long began = System.nanoTime();
            for (String event : events) {
                heard += machine.rulesForJSONEvent(event).size();
            }
            best = Math.min(best, (System.nanoTime() - began) / 1e9);
        }
        System.out.println(best + " " + heard);
    }
}
