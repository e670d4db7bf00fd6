using Accounts.Core.Passwords.Hashing;
using Accounts.Core.Settings;
using Microsoft.Extensions.Hosting;

namespace Accounts.Core.Passwords;

internal sealed class PasswordOptionsCheck(IHostEnvironment environment) : SettingsCheck<PasswordOptions>
{
    protected override IEnumerable<string> Mistakes(PasswordOptions options)
    {
        if (options.MinimumLength is < 8 or > 64)
        {
            yield return $"Accounts__Passwords__MinimumLength is {options.MinimumLength}: choose 8 to 64 (15 where there is no second factor).";
        }
        if (!options.UsesArgon2id && !options.Algorithm.Equals(PasswordOptions.Pbkdf2, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"Accounts__Passwords__Algorithm is \"{options.Algorithm}\": choose {PasswordOptions.Argon2id} or {PasswordOptions.Pbkdf2}.";
        }
        (string Name, int Value, int Least, int Fewest, int Most)[] costs =
        [
            (nameof(options.MemoryKiB), options.MemoryKiB, Argon2Hash.LeastMemoryKiB, PasswordOptions.FewestMemoryKiB, Argon2Hash.MostMemoryKiB),
            (nameof(options.Passes), options.Passes, 1, PasswordOptions.FewestPasses, Argon2Hash.MostPasses),
            (nameof(options.Iterations), options.Iterations, 1, PasswordOptions.FewestIterations, IdentityHash.MostIterations),
        ];
        foreach (var (name, value, least, fewest, most) in costs)
        {
            if (value < (environment.IsDevelopment() ? least : fewest) || value > most)
            {
                yield return $"Accounts__Passwords__{name} is {value}: choose {fewest} to {most}.";
            }
        }
    }
}
