using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>A PHC string of any of Argon2's three types (RFC 9106), with any number of lanes and any salt: what <see cref="Argon2Hash"/> does not read.</summary>
internal sealed record Argon2OfAnybody(int Type, int MemoryKiB, int Passes, int Lanes, byte[] Salt, byte[] Key) : ForeignPasswordHash(Key)
{
    private const int MostPasses = Argon2Hash.MostPasses, MostLanes = 64;

    /// <summary>KiB times passes: it takes seconds of a core, and no stored hash more.</summary>
    private const int MostWork = 4 * Argon2Hash.MostMemoryKiB;

    public override bool TakesMemory => true;

    public static HashReading Read(string text)
    {
        var parts = text.Split('$');
        var reader = new HashReader("Argon2", parts).Demand(6);
        if (reader.Part(2) != "v=19")
        {
            reader.Refuse("of another version than 19");
        }
        var parameters = reader.Part(3).Split(',');
        var memory = reader.Number(Value(parameters, 0, "m="), "KiB of memory", 8, Argon2Hash.MostMemoryKiB);
        var passes = reader.Number(Value(parameters, 1, "t="), "passes", 1, MostPasses);
        var lanes = reader.Number(Value(parameters, 2, "p="), "lanes", 1, MostLanes);
        if (parameters.Length != 3)
        {
            reader.Refuse("with other parameters than m, t and p");
        }
        if (memory < 8 * lanes)
        {
            reader.Refuse("with too little memory for its lanes");
        }
        if (memory * passes > MostWork)
        {
            reader.Refuse("that takes too long, and is never computed");
        }
        var (salt, key) = (reader.UnpaddedBase64(4, "salt", 8, 64), reader.UnpaddedBase64(5, "key", 16, 64));
        var type = reader.Part(1) switch
        {
            "argon2id" => Argon2Parameters.Argon2id,
            "argon2i" => Argon2Parameters.Argon2i,
            "argon2d" => Argon2Parameters.Argon2d,
            _ => -1,
        };
        if (type < 0)
        {
            reader.Refuse("of a type that is not known");
        }
        return reader.Read(() => new Argon2OfAnybody(type, memory, passes, lanes, salt, key));
    }

    private static string Value(string[] parameters, int at, string name) =>
        at < parameters.Length && parameters[at].StartsWith(name, StringComparison.Ordinal) ? parameters[at][name.Length..] : "";

    /// <summary>Lane after lane, on the thread that calls it.</summary>
    protected override byte[] Derive(byte[] password)
    {
        var generator = new Argon2BytesGenerator();
        generator.Init(new Argon2Parameters.Builder(Type).WithVersion(Argon2Parameters.Version13)
            .WithMemoryAsKB(MemoryKiB).WithIterations(Passes).WithParallelism(Lanes).WithSalt(Salt).Build());
        var key = new byte[Key.Length];
        generator.GenerateBytes(password, key);
        return key;
    }
}
