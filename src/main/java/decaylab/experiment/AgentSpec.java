package decaylab.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import decaylab.problem.BadInputException;

/**
 * How values of actions are learned from an environment: deep Q-learning with a replay buffer and a target network (Mnih et
 * al., "Human-level control through deep reinforcement learning", Nature 2015).
 *
 * @param discount factor by which a reward counts less with each step that it lies ahead
 * @param rewardScale what rewards are multiplied by before they are learned from, so that values are of about the size up to which
 *     Huber's loss is a square; returns are told without it
 * @param replaySize how many steps of the environment are remembered
 * @param warmUp steps of the environment, all with actions at random, before the first update; at least a mini-batch
 * @param targetEvery updates between two copies of the parameters into the target network
 * @param epsilonFrom probability of an action at random at the first update
 * @param epsilonTo the same from the update epsilonSteps on
 * @param epsilonSteps over how many updates it declines, in a line
 * @param trainEvery steps of the environment before each update
 * @param doubled whether the network in training chooses the action whose value the target network tells (van Hasselt, Guez and Silver 2016)
 */
public record AgentSpec(
        double discount,
        double rewardScale,
        int replaySize,
        int warmUp,
        int targetEvery,
        double epsilonFrom,
        double epsilonTo,
        int epsilonSteps,
        int trainEvery,
        @JsonProperty("double") boolean doubled) {
    public AgentSpec {
        discount = Field.AGENT_DISCOUNT.require(discount);
        rewardScale = Field.AGENT_REWARD_SCALE.require(rewardScale);
        Field.AGENT_REPLAY_SIZE.require(replaySize);
        Field.AGENT_WARM_UP.require(warmUp);
        Field.AGENT_TARGET_EVERY.require(targetEvery);
        epsilonFrom = Field.AGENT_EPSILON_FROM.require(epsilonFrom);
        epsilonTo = Field.AGENT_EPSILON_TO.require(epsilonTo);
        Field.AGENT_EPSILON_STEPS.require(epsilonSteps);
        Field.AGENT_TRAIN_EVERY.require(trainEvery);
        if (warmUp > replaySize) {
            throw new BadInputException("agent.warmUp is " + warmUp + ", but agent.replaySize is " + replaySize
                    + ", so its first steps would be forgotten; make agent.warmUp smaller or agent.replaySize larger.");
        }
    }

    /** What an experiment has that says nothing of it. */
    public static AgentSpec defaults() {
        return new AgentSpec(0.99, 1, 50_000, 2_000, 20, 1, 0.1, 3_000, 4, true);
    }

    /** The probability of an action at random in the steps of the environment before an update, from 0. */
    public double epsilon(long step) {
        double part = Math.min(1, (double) step / epsilonSteps);
        return epsilonFrom + part * (epsilonTo - epsilonFrom);
    }
}
