using System.Buffers.Binary;
using Accounts.Core.Users;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Accounts.Tests.Passwords;

/// <summary>Hashes as they lie in the database.</summary>
internal static class StoredHashes
{
    // Identity's third format: marker (1), pseudo-random function (4), iterations (4), length of the salt (4), salt, key.
    public const int FunctionAt = 1, IterationsAt = 5, SaltLengthAt = 9, HeaderLength = 13;

    public static string Pbkdf2(string password, int iterations) =>
        new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = iterations })).HashPassword(null!, password);

    public static Task<string> HashAsync(this TestDatabase database, Person person) =>
        database.ScalarAsync<string>("SELECT password_hash FROM users WHERE email = @email", ("email", person.Email));

    public static Task<int> PlantHashAsync(this TestDatabase database, Person person, string hash) =>
        database.ExecuteAsync("UPDATE users SET password_hash = @hash WHERE email = @email", ("hash", hash), ("email", person.Email));

    /// <summary>What stands before the salt of an Argon2id hash; of one of Identity's its iterations.</summary>
    public static string ParametersOf(string hash) => hash.StartsWith('$')
        ? hash[..(hash.IndexOf(",p=1$", StringComparison.Ordinal) + 5)]
        : $"{BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hash).AsSpan(IterationsAt))}";

    /// <summary>The lines of a file beside the tests, but for those that tell where it is from.</summary>
    public static string[] Lines(string file)
    {
        using var reader = new StreamReader(typeof(StoredHashes).Assembly.GetManifestResourceStream(file)!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'))];
    }
}
