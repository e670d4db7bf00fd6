using Accounts.Core.Passwords.Hashing;
using Xunit;
using static Accounts.Tests.Passwords.StoredHashes;

namespace Accounts.Tests.Passwords;

/// <summary>What is kept of the hashes that users bring along, as an import asks; the vectors are other programs' own.</summary>
public sealed class ForeignHashTests
{
    // Of https://github.com/firebase/scrypt, "Password Hashing".
    private const string FirebaseSalt = "42xEC+ixf3L2lw==", FirebasePassword = "user1password";
    private const string FirebaseKey = "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==";
    private const string Signer = "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==";

    // Of https://www.ory.sh/docs/kratos/manage-identities/import-user-accounts-identities, "Firebase Scrypt": the notation.
    private const string Notation = $"$firescrypt$ln=14,r=8,p=1${FirebaseSalt}${FirebaseKey}$Bw==${Signer}";

    private static readonly FirebaseParameters Project = new(Signer, "Bw==", 8, 14);

    [Fact]
    public void SG_18_Every_hash_that_another_program_has_made_is_kept_as_it_lay_there()
    {
        var vectors = HashVector.All();
        Assert.True(vectors.Length > 60);
        Assert.Equal(13, vectors.Select(vector => vector.Format).Distinct().Count());
        Assert.All(vectors.Where(vector => !vector.IsBare), vector => Assert.Equal(HashJudgement.Kept(vector.Hash), ForeignHash.Judge(vector.Hash)));
    }

    [Theory]
    [InlineData("md5")]
    [InlineData("django.sha1")]
    [InlineData("werkzeug")]
    [InlineData("bcrypt")]
    [InlineData("sha256hex")]
    public void SG_18_A_hash_verifies_its_password_and_no_other(string format)
    {
        foreach (var (_, password, hash, _) in HashVector.Kinds().Where(vector => vector.Format.EndsWith(format, StringComparison.Ordinal)))
        {
            var stored = ForeignHash.Judge(hash, bareSha256: true).Stored!;
            Assert.True(ForeignHash.Verify(stored, password), hash);
            Assert.False(ForeignHash.Verify(stored, HashVector.Wrong(password)), hash);
        }
    }

    /// <summary>hashlib and hmac: <c>hmac.new(b"saltsaltsalt1234", b"old secret phrase 1", name).hexdigest()</c>.</summary>
    [Theory]
    [InlineData("sha256", "a34ef61bb511e6166324f31ffcd67668f402a7d570bdf7bea7a8398bb27262f3")]
    [InlineData("sha512", "26610aac6892af947a584e87d162e71af4a231968235c2a1d956853063f55bdd722ef49dfa9292e009018b6b556d36070528c713a5bb587df600f5e63fdf59ad")]
    public void SG_18_The_method_of_older_tutorials_of_Flask_is_an_HMAC(string function, string key)
    {
        var stored = ForeignHash.Judge($"{function}$saltsaltsalt1234${key}").Stored!;
        Assert.True(ForeignHash.Verify(stored, "old secret phrase 1"));
        Assert.False(ForeignHash.Verify(stored, "old secret phrase 2"));
    }

    [Fact]
    public void SG_18_Firebases_published_vector_verifies_in_its_notation_and_in_either_alphabet()
    {
        Assert.Equal(Notation, ForeignHash.OfFirebase(FirebaseSalt, FirebaseKey, Project));
        Assert.Equal(Notation, ForeignHash.OfFirebase(FirebaseSalt.Replace('+', '-'), FirebaseKey.Replace('/', '_'), Project));
        Assert.Equal(HashJudgement.Kept(Notation), ForeignHash.Judge(Notation));
        Assert.True(ForeignHash.Verify(Notation, FirebasePassword));
        Assert.False(ForeignHash.Verify(Notation, "user2password"));
        Assert.False(ForeignHash.Verify(ForeignHash.OfFirebase(FirebaseSalt, FirebaseKey, Project with { SaltSeparator = "CA==" }), FirebasePassword));
        Assert.True(ForeignHash.Judge(ForeignHash.OfFirebase("", "", Project)).IsNone);
        Assert.DoesNotContain(Signer, Project.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SG_18_What_asks_for_too_much_or_is_damaged_is_refused_or_is_no_password()
    {
        var hostile = Lines("hostile-hashes.txt");
        Assert.NotEmpty(hostile);
        foreach (var hash in hostile)
        {
            var judged = ForeignHash.Judge(hash, bareSha256: true);
            Assert.Null(judged.Stored);
            Assert.Equal(hash[0] == '!', judged.IsNone);
            Assert.False(ForeignHash.Verify(hash, "whatever it is"));
        }
    }

    [Theory]
    [InlineData("pbkdf2_sha256$2147483647$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "PBKDF2 with 2147483647 iterations: more than 4000000 is never computed")]
    [InlineData("pbkdf2_sha256$20000$$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "PBKDF2 without a salt")]
    [InlineData("pbkdf2_sha256$020000$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "PBKDF2 with no number of iterations")]
    [InlineData("pbkdf2_sha256$20000$salt$AAAA", "PBKDF2 with a damaged key")]
    [InlineData("pbkdf2:md5:1000$salt$00", "PBKDF2 by a function that is not known")]
    [InlineData("scrypt$1048576$salt$8$1$AAAAAAAAAAAAAAAAAAAAAA==", "scrypt that takes more than 128 MiB, and is never computed")]
    [InlineData("scrypt$131072$salt$8$5$AAAAAAAAAAAAAAAAAAAAAA==", "scrypt that takes too long, and is never computed")]
    [InlineData("scrypt$65536$salt$1$1$AAAAAAAAAAAAAAAAAAAAAA==", "scrypt whose N is too large for its r")]
    [InlineData("scrypt$32767$salt$8$1$AAAAAAAAAAAAAAAAAAAAAA==", "scrypt whose N is no power of two")]
    [InlineData("$argon2id$v=19$m=131072,t=5,p=4$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA", "Argon2 that takes too long, and is never computed")]
    [InlineData("$argon2id$v=19$m=131073,t=1,p=4$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA", "Argon2 with 131073 KiB of memory: more than 131072 is never computed")]
    [InlineData("$argon2id$v=19$m=31,t=1,p=4$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA", "Argon2 with too little memory for its lanes")]
    [InlineData("$argon2id$v=16$m=19456,t=2,p=4$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA", "Argon2 of another version than 19")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=4$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAB", "Argon2 with a damaged key")]
    [InlineData("$2b$16$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "bcrypt with 16 for its cost: more than 15 is never computed")]
    [InlineData("$2b$6$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "bcrypt with no number of rounds")]
    [InlineData("sha1$$c3bccdc88ac833289885c46b5ebf458fc27c9c9d", "SHA1 without a salt")]
    [InlineData("unknown_hasher$1$a$b", "a hash of a format that is not known")]
    [InlineData("$firescrypt$ln=14,r=8,p=1$c2FsdA==$AAAAAAAAAAAAAAAAAAAAAA==$Bw==$AAAA", "Firebase's scrypt with a damaged signer key")]
    public void SG_18_A_report_says_why_a_hash_is_refused(string hash, string reason) => Assert.Equal(HashJudgement.Refused(reason), ForeignHash.Judge(hash));

    [Fact]
    public void SG_18_SHA_256_without_a_salt_is_kept_only_where_somebody_says_so_and_is_marked()
    {
        var bare = HashVector.All().First(vector => vector.IsBare).Hash;
        Assert.StartsWith("SHA-256 without salt", ForeignHash.Judge(bare).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("SHA-256 without salt", ForeignHash.Judge($"sha256hex${bare}").Refusal, StringComparison.Ordinal);
        Assert.Equal(HashJudgement.Kept($"sha256hex${bare}"), ForeignHash.Judge(bare.ToUpperInvariant(), bareSha256: true));
        Assert.True(ForeignHash.Judge(bare, bareSha256: true).WantsReset);
        Assert.False(ForeignHash.Judge(Notation).WantsReset);
        Assert.False(ForeignHash.Verify(bare, HashVector.All().First(vector => vector.IsBare).Password));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("!kXkXkXkXkXkXkXkXkXkXkXkXkXkXkXkXkXkXkXkX")]
    public void SG_18_No_hash_is_no_password(string? hash) => Assert.True(ForeignHash.Judge(hash).IsNone);

    [Fact]
    public void SG_18_Our_own_hashes_are_kept_too()
    {
        var identitys = Pbkdf2("a password of ASP.NET", 1000);
        Assert.Equal(HashJudgement.Kept(identitys), ForeignHash.Judge(identitys));
        Assert.True(ForeignHash.Verify(identitys, "a password of ASP.NET"));
        Assert.Equal("a hash of 257 characters: more than 256 are never kept", ForeignHash.Judge(new string('a', 257)).Refusal);
    }

    /// <summary>The one and the other way in which a keyboard spells an accent.</summary>
    [Fact]
    public void PW_04_A_hash_of_what_was_typed_verifies_it_as_it_was_typed_then()
    {
        const string composed = "caf\u00e9 au lait", decomposed = "cafe\u0301 au lait";
        var ofDecomposed = $"sha256hex${Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(decomposed)))}";
        Assert.True(ForeignHash.Verify(ofDecomposed, decomposed));
        Assert.False(ForeignHash.Verify(ofDecomposed, composed));
    }
}
