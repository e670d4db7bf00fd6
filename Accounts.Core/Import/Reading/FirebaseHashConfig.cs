using System.Globalization;
using System.Text.RegularExpressions;
using Accounts.Core.Passwords.Hashing;

namespace Accounts.Core.Import.Reading;

/// <summary>What the hashes of a Firebase project are made with, as its console shows it under "Password hash parameters".</summary>
public sealed partial class FirebaseHashConfig
{
    private const int LongestFile = 10_000;

    private readonly FirebaseParameters parameters;

    private FirebaseHashConfig(FirebaseParameters parameters) => this.parameters = parameters;

    /// <param name="file">the path of a text like <c>hash_config { algorithm: SCRYPT, base64_signer_key: …, base64_salt_separator: Bw==, rounds: 8, mem_cost: 14, }</c></param>
    /// <exception cref="ForeignDataException">one of the four is missing, or it is another algorithm's</exception>
    public static FirebaseHashConfig Read(string file)
    {
        using var reader = new StreamReader(ForeignFile.Open(file));
        var text = new char[LongestFile];
        var values = Pair().Matches(new string(text, 0, reader.ReadBlock(text))).DistinctBy(match => match.Groups[1].Value)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        if (values.TryGetValue("algorithm", out var algorithm) && algorithm != "SCRYPT")
        {
            throw new ForeignDataException($"{file}: the algorithm is {ImportText.Shown(algorithm)}, and Firebase's own is SCRYPT.");
        }
        return new FirebaseHashConfig(new FirebaseParameters(Demanded("base64_signer_key"), Demanded("base64_salt_separator"), Number("rounds"), Number("mem_cost")));

        string Demanded(string name) => values.GetValueOrDefault(name) ?? throw new ForeignDataException(
            $"{file} has no {name}: copy the password hash parameters from the Firebase console (Authentication, Users, the menu with three dots).");

        int Number(string name) => int.TryParse(Demanded(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new ForeignDataException($"{file}: {name} is no number.");
    }

    /// <summary>In the form in which it is kept here, which is judged like any other.</summary>
    public string Stored(string hash, string salt) => ForeignHash.OfFirebase(salt, hash, parameters);

    [GeneratedRegex("""(\w+)"?\s*[:=]\s*"?([^\s,"}]+)""")]
    private static partial Regex Pair();
}
