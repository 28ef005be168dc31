/**
 * Coded values the DMP accepts in metadata: code → coding schemes. Labels are left to the sender.
 * @see ANS, JDV_J58, J59, J60, J61, J62 (DMP lists)
 */

/** By code; a code may belong to two schemes (`11` of JDV_J59). */
export type Liste = ReadonlyMap<string, readonly string[]>

function liste(systemes: Readonly<Record<string, string>>): Liste {
  const parCode = new Map<string, string[]>()
  for (const [systeme, codes] of Object.entries(systemes))
    for (const code of codes.split(' ')) parCode.set(code, [...(parCode.get(code) ?? []), systeme])
  return parCode
}

/** JDV_J58: N, R, V and the three visibility codes. */
export const CONFIDENTIALITES: Liste = liste({
  '2.16.840.1.113883.5.25': 'N R V',
  '1.2.250.1.213.1.1.4.13': 'INVISIBLE_PATIENT INVISIBLE_REPRESENTANTS_LEGAUX MASQUE_PS',
})

/** JDV_J59: contentTypeCode of a submission set. */
export const TYPES_LOT: Liste = liste({
  '1.2.250.1.213.1.1.4.6': 'EXP_PATIENT',
  // TRE_R276-FormeActivite.
  '1.2.250.1.213.1.6.1.128': '05 11 12',
  '1.2.250.1.213.2.2': '03 04 07 08 09 11 13 14 15 16 17 18 19 20 21 22 25 26 27 28 33 37 40 42 43 44 45 46 47 48 50 52 60 97',
  '1.2.250.1.71.4.2.4':
    'SA05 SA06 SA07 SA08 SA09 SA10 SA11 SA12 SA13 SA14 SA15 SA16 SA17 SA18 SA19 SA20 SA21 SA22 SA23 SA24 SA25 SA26 SA27 SA28 SA29 SA30 SA31 SA32 SA33 SA34 SA35 SA36 SA37 SA38 SA39 SA40 SA41 SA42 SA43 SA44 SA45 SA46 SA47 SA48 SA49 SA50 SA51 SA52 SA53 SA54 SA55 SA56 SA57 SA58 SA59 SA60 SA61 SA63 SA64 SA65 SA68 SA69',
})

/** JDV_J60: formatCode. */
export const FORMATS: Liste = liste({
  '1.2.250.1.213.1.1.4.2.282':
    'urn:ans:ci-sis:bio-ep-bio:2022 urn:ans:ci-sis:img-da:2022 urn:asip:ci-sis:aunv:2013 urn:asip:ci-sis:avk:2009 urn:asip:ci-sis:crgm:2018 urn:asip:ci-sis:crrtn:2013 urn:asip:ci-sis:cse-cs24:2017 urn:asip:ci-sis:cse-cs8:2017 urn:asip:ci-sis:cse-cs9:2017 urn:asip:ci-sis:d2lm-fidd:2017 urn:asip:ci-sis:d2lm-fin:2017 urn:asip:ci-sis:dci:2009 urn:asip:ci-sis:dlu:2015 urn:ans:ci-sis:cse-mde:2023 urn:asip:ci-sis:eunv:2013 urn:asip:ci-sis:fludr:2017 urn:asip:ci-sis:fludt:2017 urn:asip:ci-sis:frcp:2011 urn:asip:ci-sis:hr:2019 urn:asip:ci-sis:idap:2011 urn:asip:ci-sis:ldl-ees:2017 urn:asip:ci-sis:ldl-ses:2017 urn:asip:ci-sis:pavc:2016 urn:asip:ci-sis:pps-cancer:2017 urn:asip:ci-sis:pps-paerpa:2017 urn:asip:ci-sis:ppv:2009 urn:asip:ci-sis:psc:2009 urn:asip:ci-sis:sdm-mr:2017 urn:asip:ci-sis:sunv:2013 urn:asip:ci-sis:tap:2009 urn:asip:ci-sis:vac:2019 urn:asip:ci-sis:vsm:2012 urn:asipSante:modelesHorsProfils:2011 urn:asip:ci-sis:cr-cpa:2020 urn:asip:ci-sis:cr-anest:2020 urn:asip:ci-sis:tlm-da:2020 urn:asip:ci-sis:vac-note:2021 urn:asip:ci-sis:obp-sap:2023 urn:asip:ci-sis:obp-snm:2023 urn:asip:ci-sis:obp-sne:2023 urn:asip:ci-sis:obp-scm:2023 urn:asip:ci-sis:obp-sem:2023 urn:asip:ci-sis:ppp:2023 urn:asip:ci-sis:dlu:2024 urn:asip:ci-sis:ft-su:2024 urn:asip:ci-sis:fr-su:2024 urn:ans:ci-sis:trod:2024',
  '1.3.6.1.4.1.19376.1.2.3':
    'urn:ihe:iti:dsg:detached:2014 urn:ihe:iti:xds-sd:pdf:2008 urn:ihe:iti:xds-sd:text:2008 urn:ihe:pharm:dis:2010 urn:ihe:iti-fr:xds-sd:jpeg:2010 urn:ihe:iti-fr:xds-sd:rtf:2010 urn:ihe:iti-fr:xds-sd:tiff:2010 urn:ihe:lab:xd-lab:2008 urn:ihe:palm:apsr:2016 urn:ihe:pcc:ips:2020 urn:ihe:pharm:pre:2010 urn:ihe:eyecare:geneyeevalcn:2014 urn:ihe:rad:CDA:ImagingReportStructuredHeadings:2013',
  '1.2.840.10008.2.6.1': '1.2.840.10008.5.1.4.1.1.88.59',
  URN: 'http://www.w3.org/2000/09/xmldsig#',
})

/** JDV_J61: healthcareFacilityTypeCode. */
export const LIEUX_EXERCICE: Liste = liste({
  '1.2.250.1.213.1.1.4.6': 'EXP_PATIENT SNR',
  '1.2.250.1.71.4.2.4':
    'SA01 SA02 SA03 SA04 SA05 SA06 SA07 SA08 SA09 SA10 SA11 SA12 SA13 SA14 SA15 SA16 SA17 SA18 SA19 SA20 SA21 SA22 SA23 SA24 SA25 SA26 SA27 SA28 SA29 SA30 SA31 SA32 SA33 SA34 SA35 SA36 SA37 SA38 SA39 SA40 SA41 SA42 SA43 SA44 SA45 SA46 SA47 SA48 SA49 SA50 SA51 SA52 SA53 SA54 SA55 SA56 SA57 SA58 SA59 SA60 SA61 SA63 SA64 SA65 SA68 SA69',
})

/** JDV_J62: practiceSettingCode. */
export const CADRES_EXERCICE: Liste = liste({
  '1.2.250.1.213.1.1.4.6': 'EXP_PATIENT SNR',
  '1.2.250.1.213.1.1.4.9': 'AMBULATOIRE AMO DEPISTAGE ETABLISSEMENT HAD MAD PALLIATIF SAD SAMU_SMUR',
})
