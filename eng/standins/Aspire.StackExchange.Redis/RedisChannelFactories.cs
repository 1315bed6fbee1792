namespace StackExchange.Redis;

/// <summary>Factories that newer versions of the client declare on <see cref="RedisChannel"/> itself.</summary>
public static class RedisChannelFactories
{
    extension(RedisChannel)
    {
        /// <summary>A channel of exactly this name, glob characters included.</summary>
        public static RedisChannel Literal(string value) => new(value, RedisChannel.PatternMode.Literal);

        /// <summary>All channels whose name matches the glob.</summary>
        public static RedisChannel Pattern(string value) => new(value, RedisChannel.PatternMode.Pattern);
    }
}
