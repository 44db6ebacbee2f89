"""An invented text with all that the analysis treats in ways of its own; the digest of its tokens is kept."""

from __future__ import annotations

from typing import Final

_REPORT: Final = """
Slutrapport: Föräldrastöd och hemtjänstprojekt i Ängelsbäcks stadsdelsförvaltning 2021–2024, dnr SOC-2023/0417-3.2

1. Sammanfattning
Socialtjänsten i Åmsele har under tre år prövat familjehemsplaceringar, boendestöd och öppenvårdsinsatser för barn- och
ungdomsvården. Av 1 284 orosanmälningar ledde 37,5 % till utredning enligt 11 kap. 1 § SoL; resten avslutades utan
åtgärd. Kvinnojourens samtalsgrupper nådde kvinnor, män, flickor och pojkar i åldern 13–17 år. Brukarna sade att
"det blev bättre", att kontaktpersonerna lyssnade och att väntetiderna minskade från 14 dagar till 3½ dag.

2. Bakgrund och syfte
Missbruksvården, äldreomsorgen samt LSS-verksamheten (lag 1993:387) saknade gemensamma arbetssätt. Äldreboendenas
nattpersonal, hemsjukvårdens undersköterskor och biståndshandläggarna skrev journalanteckningar i olika IT-system.
E-tjänster, a-kassan, f.d. elever, t.ex. nyanlända, bl.a. ensamkommande, m.fl. Se www.angelsback.example/rapport_7.pdf
eller skriv till anna-karin.osterstrom@angelsback.example, tfn 08-555 01 23, före kl. 16.30 den 5:e juni.
Fallucka, tillägg, busslinje, glassort och nattåg prövar tre lika bokstäver. Sekretesslagen, sekretesskyddet,
arbetsmiljölagstiftningen, barnavårdscentralerna, familjerättssekreterarna, kommunfullmäktiges, hyresgästföreningen,
vuxenutbildningen, skolsköterskan, gatukontoret, lärarlönelyftet, olycksfallsförsäkringen, gymnasieskolorna,
siffertavlorna, äppelpajen, föräldrapenningtillägg, tvärprofessionella, långtidssjukskrivningar, åtgärdsprogrammet.

3. Metod
MI (motiverande samtal), KBT, ART, FFT, HAP, IPS, SIP och ASI användes. Intervjuer: n=42; bortfall 6 (12,5 %). Enkäten
besvarades av 1.204 personer, medel 3,9 på skalan 1-5; p<0,05. Böcker, händer, fötter, möss, gäss, männens, barnens,
utredningarna, gick, gav, skrev, lades, större, äldst, bästa, minnen, kyrkor, fruar, städer, öar, åar, ägg, äggen.
Projektledare: Åsa Öhrström-Lindqvist, Zoë Müller, José Núñez, François Lefèvre, Łukasz Święcicki, Đorđe Ćirić, Ğülşen
Yılmaz, Søren Kjærgård, Þórdís Ægisdóttir. Orter: Göteborg, Malmö, Örnsköldsvik, Haparanda/Torneå, Kiruna (Giron).

4. Resultat
Stödboende, boendestödjare, boendestödet, jourhemsplacerade, daglig verksamhet, personlig assistans, ledsagarservice,
våldsutsatta, hedersrelaterat, trångboddhet, vräkningsförebyggande, budget- och skuldrådgivning, budgetrådgivare,
skuldsanering, försörjningsstöd, ekonomiskt bistånd, arbetsmarknadsåtgärder, återfallsprevention, spelberoende,
narkotikaklassade, alkoholpolitiska, öppettider, ungdomsmottagningarna, fältassistenternas, nätverksmöten, vardagsnära.
Digitaliseringen av välfärdstekniken gav trygghetslarm, läkemedelsrobotar, gps-klockor och 24/7-bemanning. Kostnad:
12 500 000 kr (12,5 mkr), därav SEK 3.750.000,00 från Länsstyrelsen; EUR 0 från ESF+. Tabell 4:2 visar 3×4 fält.
xyzzyplugh kvackelibrunk Qwertysson brobyggarandan hoppeligen åååå ööö zzzzzzzz internet-uppkopplad covid-19-pandemin
"""

_SIGNS: Final = (
    " social\u00adtjänst famil\u00adje\u00adhem i\u200bhop \ufeffbörjan a\u030angest A\u0308lgar E\u0301tude"
    " o\u0308\u0301ga \u0301ensam slut\u0301 \u00ad \u200b\u200d x\u2060y snake_case __namn__ _ett_ två_"
    " \u2082CO\u2082 m\u00b2 10\u00b3 5\u00bd \u00aa \u00ba \u00b5m \u2103 \u2126 \u212b \u017ftad stra\u00dfe"
    " STRASSE \u1e9e \ufb01nal o\ufb00ert \u0132 \u01c4 \u0130stanbul D\u0131yarbak\u0131r"
    " \u041c\u043e\u0441\u043a\u0432\u0430 \u0439\u043e\u0433\u0430 \u0391\u03b8\u03ae\u03bd\u03b1"
    " \u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2 \u5317\u4eac\u5e02 \u6771\u4eac \ud55c\uad6d\uc5b4"
    " \u1112\u1161\u11ab \u0645\u062f\u0631\u0633\u0629 \u0661\u0662\u0663 \u05e9\u05c1\u05dc\u05d5\u05dd"
    " \u0928\u092e\u0938\u094d\u0924\u0947 \u0e44\u0e17\u0e22 \U0001d504\U0001d505 \U00010400\U00010428"
    " \U0001f600 a\U0001f600b \U0001d7d9 \u2460 \u2163 \u3007 caf\u00e9 cafe\u0301 na\u00efve \u00c5\u00c4\u00d6"
    " \u00e5\u00e4\u00f6 \u00c6r\u00f8 \u014cs\u0101ka vi\u1ec7t \u1ec7\u0323 \u201dcitat\u201d \u2019s \u2013"
    " \u2014 \u2026 \u00a7 11 \u00a7\u00a7 \u00a0hårt\u00a0blank\u202fsmal \u3000 bind-\nestreck"
    " rad\rbruten\x0bsida\x0csist\x00noll\x1f\x7f\x85nel a\u034fb \u20dd o\u20dd \ud800 hel\udfffv tomt\ue000bruk"
)

PAGES: Final = (
    _REPORT,
    _SIGNS,
    "långt" * 60 + " " + "ö" * 200 + "barn " + "e\u0301" * 150 + " slut",
    "glesbygdstrafik " * 5000 + "sist",
    "",
    "…",
)
